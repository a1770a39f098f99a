// What the watch has seen. A link that is left out of the order may stand elsewhere on the page with the same address.
const { controls, seen, hidden } = window.keyboardWatch;
const reached = new Set([...seen.keys()].filter((one) => one.href).map((one) => String(one.href.baseVal ?? one.href)));
const isElsewhere = (one) => one.getAttribute("tabindex") === "-1" && one.href && reached.has(String(one.href.baseVal ?? one.href));
const names = (ones, text) => ones.slice(0, 8).map((one) => `${text}: ${describeElement(one)}`);
return [
  ...names(controls.filter((one) => !seen.has(one) && !isElsewhere(one)), "Tab does not reach it"),
  ...names([...seen.keys()].filter((one) => !seen.get(one)), "the focus cannot be seen on it"),
  ...names([...hidden], "it has the focus and is out of sight"),
];
