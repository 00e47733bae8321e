/* The chart of a page: drawn by Vega from the data in the page, read point by point with the
   pointer or with the slider (or list) below it. Without this script the drawing of the report
   stays. Nothing is loaded, and nothing is evaluated: expressions are interpreted. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("explore-data").textContent);
  const plots = [...document.querySelectorAll(".plot")];
  const stop = document.getElementById("stop");
  const told = document.getElementById("told");
  const NARROW = 520, NEAR = 40;
  const charts = [];

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  class Chart {
    constructor(plot, given) {
      this.plot = plot;
      this.given = given;
      this.held = make("div", "drawn");
      this.dots = make("div", "dots");
      this.tip = make("div", "tip");
      this.tip.hidden = true;
      this.view = new vega.View(vega.parse(given.spec, {}, {ast: true}), {
        expr: vega.expressionInterpreter,
        renderer: "svg",
        container: this.held,
        locale: data.locale,
        tooltip: () => {},
      });
    }

    async draw() {
      const width = this.plot.clientWidth;
      const end = width < NARROW ? 12 : this.given.roomEnd;
      this.view.padding({left: 2, right: end, top: this.given.roomTop, bottom: 2});
      await this.view.width(width).resize().runAsync();
      this.place();
    }

    /* Where each point lies on the page. */
    place() {
      const [x, y] = [this.view.scale("x"), this.view.scale("y")];
      const padding = this.view.padding();
      const [left, top] = this.view.origin();
      const half = x.bandwidth ? x.bandwidth() / 2 : 0;
      const [start, end] = [0, this.view.width()];
      this.ground = padding.top + top + this.view.height();
      this.points = this.given.points.map(([at, across, up, rows]) => {
        const inside = x(across) + half;
        return {
          at,
          rows,
          x: padding.left + left + inside,
          y: up === null ? null : padding.top + top + y(up),
          shown: inside >= start - 1 && inside <= end + 1,
        };
      });
    }

    nearest(event) {
      const box = this.plot.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      let best = null, least = Infinity;
      for (const point of this.points) {
        if (!point.shown) continue;
        const away = data.byName
          ? Math.hypot(point.x - x, (point.y ?? 0) - y)
          : Math.abs(point.x - x);
        if (away < least) [best, least] = [point, away];
      }
      return data.byName && least > NEAR ? null : best;
    }

    mark(at, pointed) {
      const found = this.points.filter((point) => point.at === at && point.shown);
      const several = charts.length > 1;
      this.dots.replaceChildren(...found.flatMap((point) => {
        const parts = [];
        if (!data.byName) {
          const line = make("span", "hair");
          line.style.left = `${point.x}px`;
          parts.push(line);
        }
        if (point.y !== null) {
          const dot = make("span", "dot-live");
          dot.style.left = `${point.x}px`;
          dot.style.top = `${point.y}px`;
          parts.push(dot);
        }
        if (several) parts.push(this.label(point));
        return parts;
      }));
      this.tip.hidden = several || !pointed || !found.length;
      if (!this.tip.hidden) this.say(at, found);
      return found;
    }

    label(point) {
      const label = make("span", "value", point.rows[0][1]);
      label.style.left = `${point.x}px`;
      label.style.top = `${point.y ?? this.ground}px`;
      if (point.x > this.plot.clientWidth * 0.6) label.classList.add("before");
      return label;
    }

    say(at, found) {
      this.tip.replaceChildren(make("b", "", data.stops[at]), ...rowsOf(found));
      const width = this.plot.clientWidth;
      const x = found[0].x;
      const room = this.tip.offsetWidth + 14;
      const before = x - room >= 0 && (x > width * 0.55 || x + room > width);
      const left = before ? x - room : Math.min(x + 14, Math.max(0, width - room));
      this.tip.style.left = `${left}px`;
      const heights = found.map((point) => point.y).filter((y) => y !== null);
      const level = heights.length ? Math.min(...heights) : this.plot.clientHeight / 2;
      this.tip.style.top = `${Math.max(0, level - this.tip.offsetHeight - 10)}px`;
    }
  }

  const rowsOf = (points) => points.flatMap((point) => point.rows.map(([term, value]) => {
    if (!term) return make("span", "why", value);
    const row = make("span", "row");
    row.append(make("span", "", term), make("b", "", value));
    return row;
  }));

  const read = (at, pointed = false) => {
    const found = charts.flatMap((chart) => chart.mark(at, pointed));
    const words = found.flatMap((point) => point.rows.map((row) => row.filter(Boolean).join(": ")));
    told.replaceChildren(make("b", "", data.stops[at]), ...rowsOf(found));
    stop.value = String(at);
    stop.setAttribute("aria-valuetext", [data.stops[at], ...words].join("; "));
  };

  const forget = () => {
    for (const chart of charts) {
      chart.dots.replaceChildren();
      chart.tip.hidden = true;
    }
    told.replaceChildren();
  };

  const redraw = async () => {
    await Promise.all(charts.map((chart) => chart.draw()));
    const shown = charts[0].points.filter((point) => point.shown).map((point) => point.at);
    if (!data.byName && shown.length) {
      stop.min = String(Math.min(...shown));
      stop.max = String(Math.max(...shown));
    }
    if (told.hasChildNodes()) read(Number(stop.value), charts.some((chart) => !chart.tip.hidden));
  };

  const listen = () => {
    for (const kind of ["input", "change"]) stop.addEventListener(kind, () => read(Number(stop.value)));
    stop.addEventListener("focus", () => stop.value && read(Number(stop.value)));
    document.addEventListener("keydown", (event) => event.key === "Escape" && forget());
    for (const chart of charts) {
      chart.plot.addEventListener("pointerleave", () => { chart.tip.hidden = true; });
      for (const kind of ["pointermove", "pointerdown"]) {
        chart.plot.addEventListener(kind, (event) => {
          const point = chart.nearest(event);
          if (point) read(point.at, event.pointerType === "mouse");
        });
      }
    }
    const [since, until] = ["since", "until"].map((name) => document.getElementById(name));
    for (const choice of [since, until]) {
      choice?.addEventListener("change", () => {
        if (Number(since.value) > Number(until.value)) {
          const other = choice === since ? until : since;
          other.selectedIndex = choice.selectedIndex;
        }
        charts[0].view.signal("since", Number(since.value)).signal("until", Number(until.value));
        redraw();
      });
    }
    const same = document.getElementById("same");
    same?.addEventListener("change", () => {
      const highest = Math.max(...data.charts.map((chart) => chart.top));
      for (const chart of charts) chart.view.signal("top", same.checked ? highest : chart.given.top);
      redraw();
    });
    let waiting = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(redraw);
    }).observe(plots[0]);
  };

  const start = async () => {
    data.charts.forEach((given, place) => charts.push(new Chart(plots[place], given)));
    if (data.byName) {
      stop.append(...data.stops.map((name, at) => new Option(name, String(at))));
    } else {
      stop.max = String(data.stops.length - 1);
      stop.value = String(data.first);
    }
    await Promise.all(charts.map((chart) => chart.draw()));
    for (const chart of charts) chart.plot.replaceChildren(chart.held, chart.dots, chart.tip);
    for (const hidden of document.querySelectorAll("[data-live]")) hidden.hidden = false;
    await redraw();
    listen();
    if (data.first >= 0) read(data.first);
    else stop.selectedIndex = -1;
    document.documentElement.dataset.drawn = "chart";
  };

  start().catch((problem) => console.warn("The drawing of the report stays:", problem));
})();
