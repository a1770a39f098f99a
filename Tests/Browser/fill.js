// Fills in what must be filled in, and marks the button. Arguments: the form's place, and which choice of its lists is meant.
// Returns why it cannot be done, and how many choices the longest list has.
const [place, choice] = arguments;
const form = document.forms[place];
let choices = 0;
// Nobody is invited twice: each page has an address of its own.
const email = location.pathname.slice(1, 20).replaceAll("/", "-") + "@vendor.example";
const values = { date: "2026-01-31", email, number: "1", url: "/", search: "a" };
// An account of the files that are imported here, and what asks for a form of its own.
const known = { account: "C-1", quiet_hours: "22:00-07:00" };
for (const one of form.elements) {
  for (let box = one.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (one.tagName === "SELECT" && !one.value) {
    const offered = [...one.options].map((option) => option.value).filter(Boolean);
    choices = Math.max(choices, offered.length);
    one.value = offered[Math.min(choice, offered.length - 1)] ?? "";
  } else if (one.type === "file") {
    // A table of one account, whatever is asked for.
    const files = new DataTransfer();
    files.items.add(new File(["id,name\nacme,Acme\n"], "accounts.csv", { type: "text/csv" }));
    if (one.id === "accounts") one.files = files.files;
  } else if (one.type === "checkbox" || one.type === "radio") one.checked = one.checked || one.required;
  else if (one.pattern && !one.value) one.value = known[one.name] || "written_by_a_check";
  else if (one.required && !one.value) one.value = known[one.name] || one.max || one.min || values[one.type] || "Written by a check";
}
const row = form.querySelector("tbody input[type=checkbox]");
if (row) row.checked = true;
const button = [...form.elements].find((one) => one.type === "submit");
if (!button) return { error: "it has no button", choices };
const wrong = [...form.elements].filter((one) => !one.validity.valid).map((one) => one.name);
if (wrong.length) return { error: "what was filled in is not valid: " + wrong, choices };
button.classList.add("sent-by-check");
return { error: null, choices };
