"use strict";
(function () {
  const item = JSON.parse(document.getElementById("item").textContent);
  const place = document.getElementById("timeline");
  const picked = document.getElementById("picked");
  let plot = null, whole = null;

  function line(text) {
    const p = document.createElement("p");
    p.textContent = text; // never as markup: messages come from files that other people wrote
    picked.appendChild(p);
    return p;
  }

  function show(source) {
    const at = source.selected.indices[0];
    if (at === undefined) return;
    picked.replaceChildren();
    line(source.data.head[at]);
    line(source.data.line[at]);
    Array.from(source.data.more[at]).forEach(line);
    const link = document.createElement("a");
    const seq = source.data.seq[at];
    const text = picked.dataset.row.replace("%", seq);
    if (document.getElementById("r" + seq)) {
      link.href = "#r" + seq;
      link.textContent = text;
      line("").appendChild(link);
    } else {
      line(text);
    }
  }

  function move(change) {
    const { start, end } = plot.x_range, width = end - start;
    const [low, high] = { in: [start + width * .2, end - width * .2], out: [start - width / 3, end + width / 3],
      left: [start - width * .3, end - width * .3], right: [start + width * .3, end + width * .3],
      all: [whole.start, whole.end] }[change];
    const wide = Math.min(high - low, whole.end - whole.start);
    const begin = Math.max(whole.start, Math.min(low, whole.end - wide));
    plot.x_range.setv({ start: begin, end: begin + wide });
  }

  function choose(value) {
    const [first, last] = value ? value.split(" ").map(Number) : [0, whole.bottom];
    plot.y_range.setv({ start: value ? last + .2 : whole.bottom, end: value ? first - .2 : whole.top });
    plot.height = value ? (last - first) * 26 + 120 : Number(place.dataset.height);
  }

  async function begin() {
    try { await document.fonts.load("12px 'Tuiyan Sans'", "演练"); } catch (_) { /* the system's fonts will do */ }
    await Bokeh.embed.embed_item(item, "timeline");
    plot = Bokeh.documents[0].get_model_by_name("timeline");
    whole = { start: plot.x_range.start, end: plot.x_range.end, bottom: plot.y_range.start, top: plot.y_range.end };
    for (const name of ["bars", "injects"]) {
      const renderer = plot.renderers.find((one) => one.name === name);
      const source = renderer.data_source;
      source.selected.change.connect(() => show(source));
    }
    document.querySelectorAll("[data-zoom]").forEach((b) => b.addEventListener("click", () => move(b.dataset.zoom)));
    document.getElementById("unit").addEventListener("change", (event) => choose(event.target.value));
  }

  function open_details() {
    const row = document.getElementById(location.hash.slice(1));
    const box = row && row.closest("details");
    if (box) { box.open = true; row.scrollIntoView(); }
  }

  window.addEventListener("hashchange", open_details);
  begin();
})();
