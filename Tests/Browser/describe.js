// How a finding names an element: its tag, id, classes and first words.
window.describeElement = (element) => {
  const id = element.id ? "#" + element.id : "";
  const names = [...element.classList].map((name) => "." + name).join("");
  const words = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim();
  return `<${element.tagName.toLowerCase()}${id}${names}> “${words.replace(/\s+/g, " ").slice(0, 50)}”`;
};
