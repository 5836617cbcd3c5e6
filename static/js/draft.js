/*
 * draft.js: what was typed into a form with data-draft while the portal could not be reached
 * stays in this browser, is put back when the page is opened again, and is sent on reconnecting.
 * The server keeps the draft itself (hx-post of the form); this is for a lost connection only.
 */
const UNSENT = new Set(["csrfmiddlewaretoken", "version", "page", "photo", "photo_remove"]);
const form = document.querySelector("form[data-draft]");

function fields() {
  return [...form.elements].filter((field) => field.name && field.type !== "submit" && !UNSENT.has(field.name));
}

function keep() {
  const typed = Object.fromEntries(fields().map((field) => [field.name, field.value]));
  const version = form.elements.version.value;
  localStorage.setItem(form.dataset.draft, JSON.stringify({ version, typed }));
}

function forget() {
  localStorage.removeItem(form.dataset.draft);
}

function say(text) {
  const line = document.getElementById("saved");
  const words = line.querySelector("p") || line.appendChild(document.createElement("p"));
  words.className = "soft";
  words.textContent = text;
}

function isAnswer(html) {
  return html.includes('id="saved"');
}

/* Asks the form to save itself as if a field had changed. */
function save() {
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function putBack() {
  const kept = localStorage.getItem(form.dataset.draft);
  if (!kept) {
    return;
  }
  const { version, typed } = JSON.parse(kept);
  if (version !== form.elements.version.value) {
    forget();
    return;
  }
  const changed = fields().filter((field) => field.name in typed && field.value !== typed[field.name]);
  changed.forEach((field) => {
    field.value = typed[field.name];
  });
  if (changed.length) {
    say("Возвращено то, что вы набрали без связи. Проверьте и отправьте.");
    save();
  } else {
    forget();
  }
}

if (form) {
  form.addEventListener("htmx:sendError", () => {
    keep();
    say("Нет связи: текст сохранён в этом устройстве и уйдёт сам.");
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && isAnswer(event.detail.xhr.responseText)) {
      forget();
    }
  });
  form.addEventListener("submit", () => {
    if (navigator.onLine) {
      forget();
    }
  });
  /* The session has ended: the answer is the sign-in page, it must not land in the line. */
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (!isAnswer(event.detail.serverResponse)) {
      event.detail.shouldSwap = false;
      keep();
      say("Сеанс закончился. Нажмите «Закончить позже» и войдите: текст сохранится.");
    }
  });
  window.addEventListener("online", save);
  putBack();
}
