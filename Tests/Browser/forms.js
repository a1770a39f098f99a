// What keeps a form from being sent without scripts, or from being taken.
const found = [];
for (const form of document.forms) {
  const text = describeElement(form);
  const buttons = [...form.elements].filter((one) => one.type === "submit");
  if (!buttons.length) found.push(`it has no button that sends it: ${text}`);
  if (new URL(form.action).origin !== location.origin) found.push(`it is sent elsewhere, to ${form.action}: ${text}`);
  for (const one of form.elements) {
    if (!["submit", "button", "fieldset"].includes(one.type) && !one.name) found.push(`a field without a name is not sent: ${describeElement(one)}`);
  }
  const isBeforeSession = /^\/(sign-in|set-up)\//.test(new URL(form.action).pathname);
  if (form.method === "post" && !isBeforeSession && !form.elements.form_token?.value) found.push(`it carries no form_token: ${text}`);
}
return found;
