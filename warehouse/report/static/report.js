"use strict";
/* All that the pages do beyond showing themselves: light up the words of a card, and filter the
   tables. Each page can be read without it. Everything is put in as text, never as markup. */

const pages = document.querySelector(".reading");
if (pages) {
  const light = (owner) => {
    for (const mark of pages.querySelectorAll("[data-o]")) {
      mark.classList.toggle("lit", Boolean(owner) && mark.dataset.o.split(" ").includes(owner));
    }
    for (const card of pages.querySelectorAll("[data-owner]")) {
      card.classList.toggle("lit", card.dataset.owner === owner);
    }
  };
  const ownerOf = (target) => {
    const card = target.closest("[data-owner]");
    const ref = target.closest("a.ref");
    const mark = target.closest("mark.content, mark.evidence");
    if (card) return card.dataset.owner;
    if (ref) return ref.id.slice(2);
    return mark ? mark.dataset.o.split(" ").pop() : "";
  };
  pages.addEventListener("mouseover", (event) => light(ownerOf(event.target)));
  pages.addEventListener("focusin", (event) => light(ownerOf(event.target)));
  pages.addEventListener("mouseleave", () => light(location.hash.slice(1).replace(/^t-/, "")));
  light(location.hash.slice(1).replace(/^t-/, ""));
}

/* The filter: the index lies in search/NAME-0.js, -1.js …, each a call of readoutRows, and is read
   a file at a time until enough rows are found. Script files can be loaded from a disk as well. */
const form = document.querySelector("form.filter");
const SHOWN = 200;
let received = null;
window.readoutRows = (rows) => { received = rows; };

if (form) {
  form.hidden = false;
  const table = document.querySelector("table.rows");
  const own = table ? [...table.tBodies[0].rows] : [];
  const pager = document.querySelector(".pager");
  const status = form.querySelector(".found");
  const shards = Number(form.dataset.shards);
  const name = form.dataset.search;
  const loaded = [];
  let asked = 0;

  const load = (number) => new Promise((resolve) => {
    if (loaded[number]) { resolve(loaded[number]); return; }
    const script = document.createElement("script");
    script.src = `search/${name}-${number}.js`;
    script.onload = () => { loaded[number] = received; script.remove(); resolve(received); };
    script.onerror = () => { status.textContent = "The index could not be read."; resolve([]); };
    document.head.append(script);
  });

  const matches = (row, words, picks) => {
    if (picks.some(([column, value]) => row[column] !== value)) return false;
    const text = row.slice(0, -1).join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };

  const line = (row) => {
    const tr = document.createElement("tr");
    const cells = name === "meetings"
      ? [[row[0], "when"], [row[2] === "held" ? row[1] : `${row[1]} (${row[2]})`, "kind"], [row[3], "main"], [row[4], ""]]
      : [[row[0], "when"], [row[1], "who"], [row[2], "kind"], [row[4], "main said"]];
    for (const [text, look] of cells) {
      const cell = tr.insertCell();
      cell.className = look;
      const isolated = document.createElement("bdi");
      isolated.textContent = text;
      cell.append(isolated);
    }
    const link = document.createElement("a");
    link.href = row[6];
    link.textContent = row[5];
    const last = tr.insertCell();
    last.className = "from";
    last.append(link);
    return tr;
  };

  const search = async () => {
    const turn = ++asked;
    const words = form.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
    const picks = [...form.querySelectorAll("select")].filter((s) => s.value)
      .map((s) => [Number(s.dataset.column), s.value]);
    const idle = !words.length && !picks.length;
    if (pager) pager.hidden = !idle;
    if (idle) {
      status.textContent = "";
      table.tBodies[0].replaceChildren(...own);
      return;
    }
    const found = [];
    for (let number = 0; number < shards && found.length < SHOWN; number += 1) {
      const rows = await load(number);
      if (turn !== asked) return;
      for (const row of rows) {
        if (found.length < SHOWN && matches(row, words, picks)) found.push(row);
      }
    }
    table.tBodies[0].replaceChildren(...found.map(line));
    status.textContent = found.length === SHOWN ? `The first ${SHOWN} found.` : `${found.length} found.`;
  };
  let pause = 0;
  const soon = () => { clearTimeout(pause); pause = setTimeout(search, 150); };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
}
