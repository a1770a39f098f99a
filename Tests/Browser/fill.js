// Fills in what must be filled in, and marks the button. Argument: the form's place. Returns why it cannot be done.
const form = document.forms[arguments[0]];
const values = { date: "2026-01-31", email: "ada@vendor.example", number: "1", url: "/", search: "a" };
for (const one of form.elements) {
  for (let box = one.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (one.tagName === "SELECT" && !one.value) one.value = [...one.options].map((option) => option.value).find(Boolean) ?? "";
  else if (one.type === "file") {
    // A table of one account, whatever is asked for.
    const files = new DataTransfer();
    files.items.add(new File(["id,name\nacme,Acme\n"], "accounts.csv", { type: "text/csv" }));
    if (one.id === "accounts") one.files = files.files;
  } else if (one.type === "checkbox" || one.type === "radio") one.checked = one.checked || one.required;
  else if (one.required && !one.value) one.value = one.max || one.min || values[one.type] || "Written by a check";
}
const button = [...form.elements].find((one) => one.type === "submit");
if (!button) return "it has no button";
if (!form.checkValidity()) return "what was filled in is not valid: " + [...form.elements].filter((one) => !one.validity.valid).map((one) => one.name);
button.classList.add("sent-by-check");
return null;
