/*
 * unsaved.js: what is typed into an open row of a plan stays in this browser until the portal has
 * it, and comes back when the row is opened again. A row of a draft saves itself (hx-post of the
 * line [data-saved]); this keeps the text when that cannot be done, and says so in the line.
 */
const FORM = "form[data-keep]";
const typed = new WeakMap();

const lineOf = (form) => form.querySelector("[data-line]");
const say = (line, text) => {
  const words = document.createElement("p");
  words.textContent = text;
  line?.replaceChildren(words);
};

function values(form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return pairs.map(([name, value]) => [name, String(value)]);
}

function keep(form) {
  localStorage.setItem(form.dataset.keep, JSON.stringify(values(form)));
}

function forget(form) {
  localStorage.removeItem(form.dataset.keep);
}

function fill(form, pairs) {
  for (const field of form.elements) {
    const kept = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) {
      field.checked = kept.includes(field.value);
    } else if (field.name && kept.length && !["submit", "button"].includes(field.type)) {
      field.value = field.name === "csrfmiddlewaretoken" ? field.value : kept[0];
    }
  }
}

function putBack(form) {
  const kept = localStorage.getItem(form.dataset.keep);
  if (kept && kept !== JSON.stringify(values(form))) {
    fill(form, JSON.parse(kept));
    say(lineOf(form), "Возвращён ваш текст, который ещё не сохранён.");
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.(FORM);
    if (form) {
      typed.set(form, (typed.get(form) || 0) + 1);
      keep(form);
    }
  });
}

document.addEventListener("submit", (event) => {
  if (event.target.matches(FORM) && !event.target.hasAttribute("hx-post") && navigator.onLine) {
    forget(event.target);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-close]")?.dataset.close === "") {
    forget(event.target.closest(FORM));
  }
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.(FORM);
  if (form) {
    event.detail.xhr.typed = typed.get(form);
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  // Who asked: `detail.elt` is what will be swapped, for a row its place in the table.
  const { elt, verb } = event.detail.requestConfig;
  const form = elt.closest?.(FORM);
  if (!form || verb !== "post") {
    return;
  }
  if (!elt.matches("[data-line]")) {
    if (xhr.status === 200 && !/<html[\s>]/i.test(xhr.responseText.slice(0, 400)) && elt === form) {
      forget(form);
    }
  } else if (/<html[\s>]/i.test(xhr.responseText.slice(0, 400))) {
    event.detail.shouldSwap = false;
    say(event.detail.elt, xhr.status < 400
      ? "Не сохранено: сеанс закончился. Нажмите «Готово» и войдите, текст цел."
      : reason(xhr.responseText));
  } else if (xhr.status === 200 && xhr.typed === typed.get(form)) {
    forget(form);
  }
});

function reason(html) {
  const told = new DOMParser().parseFromString(html, "text/html").querySelector("[data-reason]");
  return `Не сохранено: ${told ? told.textContent.trim() : "портал не ответил, текст цел"}`;
}

document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.elt.matches("[data-line]")) {
    say(event.detail.elt, "Нет связи, текст цел: он сохранится, когда связь вернётся.");
  }
});

window.addEventListener("online", () => {
  document.querySelectorAll(`${FORM} [data-line]`).forEach((line) => window.htmx.trigger(line, "row:retry"));
});

document.addEventListener("htmx:load", (event) => {
  const found = event.target.querySelectorAll?.(FORM) || [];
  found.forEach(putBack);
});
