// Unfolds everything, then remembers what gets the focus and how it looks with it. Returns how often Tab is to be pressed.
const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
for (const one of document.querySelectorAll("details")) one.open = true;
const isThere = (one) => !one.disabled && one.checkVisibility({ visibilityProperty: true });
const look = (one) => {
  const style = getComputedStyle(one);
  const fills = [...one.children].map((child) => getComputedStyle(child).fill + getComputedStyle(child).opacity);
  return [style.boxShadow, style.backgroundColor, style.borderColor, fills.join()].join();
};
const watch = { controls: [...document.querySelectorAll(kinds)].filter(isThere), plain: new Map(), seen: new Map(), hidden: new Set() };
for (const one of watch.controls) watch.plain.set(one, look(one));
document.addEventListener("focusin", (event) => {
  const style = getComputedStyle(event.target);
  const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  watch.seen.set(event.target, hasOutline || look(event.target) !== watch.plain.get(event.target));
});
// The key goes up when the page has been moved to where the focus is.
document.addEventListener("keyup", () => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const isInside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  if (one !== document.body && (box.width < 1 || box.height < 1 || !isInside)) watch.hidden.add(one);
});
window.keyboardWatch = watch;
const dates = watch.controls.filter((one) => one.type === "date" || one.type === "datetime-local").length;
return watch.controls.length + 5 * dates + 3;
