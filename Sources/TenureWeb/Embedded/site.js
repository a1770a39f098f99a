"use strict";
// Keys for people who work in these pages all day. Every page and every form works without them.
(() => {
  const note = "note-text";

  const isTyping = (element) => element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select") !== null;

  const focus = (id) => {
    const field = document.getElementById(id);
    if (field === null) return false;
    field.focus();
    if (field.select) field.select();
    field.scrollIntoView({ block: "center" });
    return true;
  };

  const rows = () => [...document.querySelectorAll("[data-row]")];

  const move = (step) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
    if (all[next]) all[next].focus();
  };

  // The note of the account in view, or of the row that has the focus.
  const takeNote = () => {
    if (focus(note)) return;
    const row = document.activeElement;
    if (rows().includes(row)) location.assign(row.href.split("#")[0] + "#" + note);
  };

  // The first field of a form that is still to be filled, or its button; parts that are folded up open.
  const fill = (id) => {
    const form = document.getElementById(id);
    if (form === null) return;
    for (let part = form; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    (form.querySelector(":invalid, [data-first]") || form.querySelector("button")).focus();
  };

  const tick = () => {
    const row = document.activeElement.closest("tr");
    const box = row && row.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  };

  const keys = {
    "/": () => focus("search"),
    n: takeNote,
    j: () => move(1),
    k: () => move(-1),
    x: tick,
    b: () => fill("bulk"),
    h: () => fill("hand-over"),
    p: () => fill("start"),
    u: () => fill("undo"),
  };

  document.addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      focus("search");
      return;
    }
    if (isCommand && event.key === "Enter" && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
    if (isCommand || event.altKey || isTyping(event.target)) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });

  // A link into a part that is folded up opens it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    if (target && target.id === note) focus(note);
  };
  // The part of a page that is told anew while somebody looks at it. The server draws it; nobody who looks away listens.
  const live = document.querySelector("[data-live]");
  let stream = null;
  let waiting = null;

  const show = (html) => {
    // The keyboard does not lose its place.
    waiting = live.contains(document.activeElement) ? html : null;
    if (waiting === null) live.innerHTML = html;
  };

  const silence = () => {
    if (stream !== null) stream.close();
    stream = null;
  };

  const listen = () => {
    if (document.hidden) return silence();
    if (stream !== null && stream.readyState !== EventSource.CLOSED) return;
    stream = new EventSource(live.dataset.live);
    stream.addEventListener("part", (event) => {
      const address = new URL(live.dataset.live, location.href);
      address.searchParams.set("since", event.lastEventId);
      live.dataset.live = address.pathname + address.search;
      show(event.data);
    });
  };

  if (live !== null) {
    live.addEventListener("focusout", () => setTimeout(() => { if (waiting !== null) show(waiting); }));
    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", silence);
    addEventListener("pageshow", listen);
  }

  addEventListener("hashchange", unfold);
  addEventListener("DOMContentLoaded", unfold);
})();
