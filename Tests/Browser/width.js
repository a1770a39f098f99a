// What is wider than the window, or scrolls sideways inside it. Argument: the width that is to be had, in pixels.
const width = arguments[0];
const isClipped = (element) => {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (["hidden", "clip"].includes(getComputedStyle(one).overflowX)) return true;
  }
  return false;
};
const found = [];
const all = [...document.body.querySelectorAll("*")];
if (document.documentElement.scrollWidth > width) {
  const wide = all.filter((one) => one.getBoundingClientRect().right > width + 0.5 && !isClipped(one));
  const inner = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
  found.push(`the page is ${document.documentElement.scrollWidth} px wide: ` +
    inner.slice(0, 5).map(describeElement).join(", "));
}
for (const one of all) {
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  const isField = ["INPUT", "TEXTAREA", "SELECT"].includes(one.tagName);
  if (scrolls && !isField && one.scrollWidth > one.clientWidth + 1) found.push(`scrolls sideways: ${describeElement(one)}`);
}
return found;
