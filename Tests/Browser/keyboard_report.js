// What the watch has seen. A link that is left out of the order may stand elsewhere on the page with the same address.
const { controls, seen, hidden } = window.keyboardWatch;
const address = (one) => new URL(one.getAttribute("href"), location.href).href;
const reached = new Set([...seen.keys()].filter((one) => one.hasAttribute("href")).map(address));
// Tab comes to one button of a group, arrow keys to the others.
const groups = new Set([...seen.keys()].filter((one) => one.type === "radio").map((one) => one.name));
const isElsewhere = (one) =>
  (one.getAttribute("tabindex") === "-1" && one.hasAttribute("href") && reached.has(address(one))) ||
  (one.type === "radio" && groups.has(one.name));
const names = (ones, text) => ones.slice(0, 8).map((one) => `${text}: ${describeElement(one)}`);
return [
  ...names(controls.filter((one) => !seen.has(one) && !isElsewhere(one)), "Tab does not reach it"),
  ...names([...seen.keys()].filter((one) => !seen.get(one)), "the focus cannot be seen on it"),
  ...names([...hidden], "it has the focus and is out of sight"),
];
