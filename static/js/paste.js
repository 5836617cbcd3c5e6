/*
 * paste.js: a table pasted into a textarea with data-paste keeps its merged cells and lines.
 * The clipboard's text/html goes into the hidden field that data-paste names, cleaned of
 * everything but tables; the textarea shows the plain text, which is read without scripts.
 */
const field = document.querySelector("textarea[data-paste]");
const hidden = field && document.getElementById(field.dataset.paste);
const told = document.getElementById("pasted");
/* The server takes 2 MB of fields; letters of Russian are two bytes. */
const LIMIT = 1900000;
const KEPT = ["colspan", "rowspan"];

function bytes(text) {
  return new Blob([text]).size;
}

/* Styles go before the text is parsed: the browser would complain of each under our policy. */
function plainer(html) {
  const unstyled = html.replace(/<style[\s\S]*?<\/style>/gi, "");
  return unstyled.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, ""));
}

/* Tables and the words above them, without styles and attributes. Nothing of it is shown. */
function bare(html) {
  const parsed = new DOMParser().parseFromString(plainer(html), "text/html");
  parsed.querySelectorAll("style, script, link, meta, img, xml, svg").forEach((one) => one.remove());
  parsed.body.querySelectorAll("*").forEach((one) => {
    [...one.attributes].forEach((mark) => {
      if (!KEPT.includes(mark.name)) {
        one.removeAttribute(mark.name);
      }
    });
  });
  parsed.querySelectorAll("span, b, i, u, font, a, strong, em").forEach((one) => one.replaceWith(...one.childNodes));
  return parsed.querySelector("table") ? parsed.body.innerHTML.replace(/<!--[\s\S]*?-->/g, "") : "";
}

function forget() {
  hidden.value = "";
  told.textContent = "";
}

function onPaste(event) {
  const isWhole = field.selectionEnd - field.selectionStart === field.value.length;
  const html = event.clipboardData.getData("text/html");
  const plain = event.clipboardData.getData("text/plain");
  const kept = html && isWhole ? bare(html) : "";
  if (!kept) {
    return;
  }
  event.preventDefault();
  if (bytes(kept) > LIMIT) {
    told.textContent = "Таблица слишком большая для вставки. Сохраните её в файл .docx или .xlsx и выберите файл.";
    return;
  }
  hidden.value = kept;
  /* Both texts together must fit, too. */
  field.value = bytes(kept) + bytes(plain) > LIMIT ? "Таблица вставлена целиком." : plain;
  told.textContent = "Таблица вставлена вместе с объединёнными ячейками. Нажмите «Прочитать таблицу».";
}

if (field && hidden) {
  field.addEventListener("paste", onPaste);
  /* What is typed by hand is in the text alone. */
  field.addEventListener("input", forget);
}
