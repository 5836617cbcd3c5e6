/*
 * suggest.js: words of a hint with data-suggest="id of a field" become buttons that put them into
 * the field, separated by «; ». Without it the hint is read and typed.
 */
function put(field, words) {
  const typed = field.value.trim().replace(/;$/, "");
  field.value = typed ? `${typed}; ${words}` : words;
  // For htmx: what a script has typed is saved like what a person has.
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function offer(hint) {
  const field = document.getElementById(hint.dataset.suggest);
  hint.removeAttribute("data-suggest");
  const buttons = [...hint.querySelectorAll("span")].map((word) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn mini";
    button.textContent = word.textContent;
    return button;
  });
  hint.className = "row";
  hint.replaceChildren(...buttons);
  hint.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      put(field, button.textContent.replaceAll("\u00a0", " "));
      field.focus();
    }
  });
}

function look(root) {
  root.querySelectorAll("[data-suggest]").forEach(offer);
}

look(document);
document.addEventListener("htmx:load", (event) => look(event.target));
