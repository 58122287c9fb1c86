"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { lines, steps, injects, gaps, units, stops, words, minute } = data;
  const at = (id) => document.getElementById(id);
  const LONGEST = 3000, SHORTEST = 80; // milliseconds that a step stays
  let step = 0, timer = null, open = false, stop = 0, ticking = null, asked = null;
  const left = stops.map((one) => one.minutes * 60);

  // Text only ever goes in as text: nothing that a scenario says can become part of the page's structure.
  const make = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const fill = (text, values) => text.replace(/\{(\w+)[^}]*\}/g, (whole, name) => (name in values ? values[name] : whole));
  const items = (list, texts) => list.replaceChildren(...(texts.length ? texts : [words.none]).map((text) => make("li", text)));
  const rows = (body, cells) => body.replaceChildren(...(cells.length ? cells : [[[words.none]]]).map(([texts, kind]) => {
    const row = make("tr", undefined, kind);
    row.append(...texts.map((text) => make("td", text)));
    return row;
  }));
  const pull = (name, now) => now[name].map((number) => lines[name][number]);

  const time = (due, t) => {
    const minutes = (due - t) / minute;
    return fill(minutes >= 0 ? words.left : words.over, { minutes: Math.abs(minutes).toFixed(1) });
  };

  const folded = (key, texts, empty) => {
    const box = make("details"), list = make("ul");
    box.className = key;
    items(list, texts.length ? texts : [empty]);
    box.append(make("summary", words[key]), list);
    return box;
  };

  const card = (number) => {
    const box = at("inject");
    box.hidden = number < 0;
    if (number < 0 || box.dataset.number === String(number)) return;
    box.dataset.number = String(number);
    const one = injects[number];
    box.replaceChildren(
      make("h2", fill(words.inject, one)), make("p", one.message, "message"), make("p", `${one.head}　${one.when}`, "pale"),
      make("h3", words.question), make("p", one.question || words["no-question"], "question"),
      folded("points", one.clause ? [...one.points, one.clause] : one.points, words["no-points"]),
      folded("expected", one.expected, words.none), folded("next", one.next, words["nothing-next"]),
    );
  };

  const show = () => {
    const now = steps[step];
    at("head").textContent = `${now.head}　${now.phase}`;
    at("slider").value = step;
    at("whose").textContent = fill(words.situation, { who: now.knows });
    items(at("rows"), pull("rows", now));
    items(at("posts"), pull("posts", now));
    rows(at("facts"), pull("facts", now).map(([name, real, believed, differs]) => [[name, real, believed], differs ? "differs" : ""]));
    rows(at("doing"), pull("doing", now).map((cells) => [cells, ""]));
    rows(at("waiting"), pull("waiting", now).map((cells) => [cells, ""]));
    rows(at("clocks"), pull("clocks", now).map(([name, who, due]) => [[name, who, time(due, now.t)], due < now.t ? "over" : ""]));
    at("gaps").replaceChildren(...now.gaps.map((number) => make("p", gaps[number].text, "gap")));
    card(open ? stops[stop].inject : now.last);
    at("back").disabled = step === 0;
    at("forward").disabled = step === steps.length - 1;
  };

  const go = (number) => {
    step = Math.min(steps.length - 1, Math.max(0, number));
    at("notice").textContent = "";
    show();
  };

  const pause = () => {
    clearTimeout(timer);
    timer = null;
    at("play").textContent = words.play;
    at("play").setAttribute("aria-pressed", "false");
  };
  const next = () => {
    if (step >= steps.length - 1) return pause();
    const gap = (steps[step + 1].t - steps[step].t) / minute * 60000 / Number(at("speed").value);
    timer = setTimeout(() => { go(step + 1); next(); }, Math.min(LONGEST, Math.max(SHORTEST, gap)));
  };
  const play = () => {
    if (timer !== null) return pause();
    if (open) hotwash();
    if (step >= steps.length - 1) go(0);
    at("play").textContent = words.pause;
    at("play").setAttribute("aria-pressed", "true");
    next();
  };
  const move = (number) => { pause(); go(number); };

  const clock = () => {
    const seconds = Math.round(left[stop]), whole = Math.abs(seconds);
    at("timer").textContent = `${seconds < 0 ? "-" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    at("timer").className = seconds < 0 ? "over" : "";
    at("run").textContent = ticking === null ? words.timer : words["timer.stop"];
  };
  const rest = () => { clearInterval(ticking); ticking = null; };
  const run = () => {
    if (ticking !== null) rest();
    else {
      asked = Date.now();
      ticking = setInterval(() => {
        left[stop] -= (Date.now() - asked) / 1000;
        asked = Date.now();
        clock();
      }, 250);
    }
    clock();
  };
  const talk = (number) => {
    stop = number;
    at("stop").textContent = `${stop + 1}/${stops.length}　${stops[stop].text}`;
    [...at("stops").querySelectorAll("button")].forEach((one, place) => one.setAttribute("aria-pressed", String(place === stop)));
    clock();
    go(stops[stop].step);
  };
  const hotwash = () => {
    pause();
    open = !open && stops.length > 0;
    rest();
    at("wash").hidden = !open;
    at("hotwash").setAttribute("aria-pressed", String(open));
    if (open) talk(stop);
    else show();
  };

  const choices = (id, texts, then) => {
    const select = at(id);
    select.append(...texts.map((text, number) => {
      const option = make("option", text);
      option.value = String(number);
      return option;
    }));
    select.addEventListener("change", () => {
      if (select.value !== "") then(Number(select.value));
      select.value = "";
    });
  };
  choices("to-inject", injects.map((one) => `${one.id} ${one.title}`), (number) => move(injects[number].step));
  choices("to-gap", gaps.map((one) => one.text), (number) => move(gaps[number].step));
  choices("to-unit", units.map((one) => one.name), (number) => {
    const later = units[number].steps.find((one) => one > step);
    pause();
    if (later === undefined) at("notice").textContent = fill(words["no-more.unit"], { unit: units[number].name });
    else go(later);
  });
  at("stops").append(...stops.map((one, number) => {
    const item = make("li"), button = make("button", `${one.minutes}′ ${one.text}`);
    button.type = "button";
    button.addEventListener("click", () => { rest(); talk(number); });
    item.append(button);
    return item;
  }));
  at("play").addEventListener("click", play);
  at("back").addEventListener("click", () => move(step - 1));
  at("forward").addEventListener("click", () => move(step + 1));
  at("slider").addEventListener("input", () => move(Number(at("slider").value)));
  at("hotwash").addEventListener("click", hotwash);
  at("run").addEventListener("click", run);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("select, input, button, summary") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " ") play();
    else if (event.key === "ArrowLeft") move(step - 1);
    else if (event.key === "ArrowRight") move(step + 1);
    else return;
    event.preventDefault();
  });
  show();
})();
