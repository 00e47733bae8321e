/* The map of gaps of a page: a table of boxes that can be filtered, pointed at, and gone through
   with the arrow keys. Without this script the drawings of the report stay. Nothing is loaded. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("explore-data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const byId = (name) => document.getElementById(name);
  const [place, told] = [byId("gaps"), byId("told")];
  const rightToLeft = document.documentElement.dir === "rtl";

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const shape = (tag, given) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    return element;
  };

  /* As in the drawing of the report: a circle, and a sign after it in the direction of reading. */
  const drawing = (cell) => {
    const svg = shape("svg", {viewBox: "0 0 44 24", width: 44, height: 24, "aria-hidden": "true"});
    const [circle, sign] = rightToLeft ? [31, 9] : [13, 35];
    const [css, x, y, way] = data.signs[cell.found];
    svg.append(
      shape("circle", {class: data.fills[cell.certainty], cx: circle, cy: 12, r: cell.radius}),
      shape("path", {class: css, d: `M${sign + x} ${12 + y}${way}`}),
    );
    return svg;
  };

  const say = (cell) => {
    const list = make("ul");
    list.append(...cell.told.map((line) => make("li", "", line)));
    told.replaceChildren(make("b", "", cell.head), make("p", "", cell.said), ...cell.told.length ? [list] : []);
    told.hidden = false;
  };

  const boxes = [];  /* rows of buttons, null where nothing is known */
  const boxOf = (cell) => {
    const held = make("td");
    if (cell === null) {
      held.append(make("span", "vh", data.empty));
      return [held, null];
    }
    const button = make("button", ["gap", cell.gap && "gap-open", cell.found === "worse" && "gap-worse"].filter(Boolean).join(" "));
    button.type = "button";
    button.tabIndex = -1;
    button.setAttribute("aria-label", `${cell.head}. ${cell.said}`);
    button.append(drawing(cell));
    for (const kind of ["focus", "click", "pointerenter"]) button.addEventListener(kind, () => say(cell));
    held.append(button);
    return [held, button];
  };

  const headOf = (row) => {
    const head = make("th", row.law ? "soft" : "", row.law ? `◇ ${row.name}` : row.name);
    head.scope = "row";
    if (row.law) head.append(make("span", "vh", ` (${data.lawEnforcement})`));
    return head;
  };

  const lines = [];
  const build = () => {
    const table = make("table", "gap-table");
    table.append(make("caption", "vh", place.dataset.title));
    const top = make("tr");
    for (const words of [place.dataset.measures, ...data.columns]) {
      const head = make("th", "", words);
      head.scope = "col";
      top.append(head);
    }
    table.append(make("thead"));
    table.tHead.append(top);
    let body = null, group = null;
    for (const row of data.rows) {
      if (body === null || row.group !== group) {
        group = row.group;
        body = table.appendChild(make("tbody"));
        if (group) {
          const head = make("th", "gap-group", group);
          head.scope = "rowgroup";
          head.colSpan = data.columns.length + 1;
          body.appendChild(make("tr")).append(head);
        }
      }
      const line = body.appendChild(make("tr"));
      const made = row.cells.map(boxOf);
      line.append(headOf(row), ...made.map(([held]) => held));
      boxes.push(made.map(([, button]) => button));
      lines.push({line, body, row, words: [row.name, ...row.problems].join(" ").toLocaleLowerCase()});
    }
    const region = make("div", "scroll gap-scroll");
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", place.dataset.title);
    region.append(table);
    place.replaceChildren(region);
  };

  const canBeReached = (button) => button && !button.hidden && !button.closest("tr").hidden;

  const goTo = (button) => {
    for (const other of boxes.flat()) if (other) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  };

  /* From a box to the nearest one in a direction; up and down also to another column. */
  const next = (row, column, down, across) => {
    if (across) {
      for (let k = column + across; k >= 0 && k < data.columns.length; k += across) {
        if (canBeReached(boxes[row][k])) return boxes[row][k];
      }
      return null;
    }
    for (let k = row + down; k >= 0 && k < boxes.length; k += down) {
      const found = boxes[k].map((button, at) => [Math.abs(at - column), button]).filter(([, button]) => canBeReached(button));
      if (found.length) return found.reduce((one, other) => (other[0] < one[0] ? other : one))[1];
    }
    return null;
  };

  const forward = rightToLeft ? -1 : 1;
  const WAYS = {ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, forward], ArrowLeft: [0, -forward]};

  const fits = ({row, words}, chosen) => (
    (!chosen.group || row.group === chosen.group)
    && chosen.search.every((word) => words.includes(word))
    && (chosen.certainty < 0 || row.cells.some((cell) => cell && cell.certainty >= chosen.certainty))
  );

  const filter = () => {
    const chosen = {
      group: byId("group")?.value ?? "",
      search: byId("search").value.toLocaleLowerCase().split(/\s+/).filter(Boolean),
      certainty: Number(byId("certainty").value),
    };
    let shown = 0;
    lines.forEach((one, at) => {
      one.line.hidden = !fits(one, chosen);
      shown += one.line.hidden ? 0 : 1;
      one.row.cells.forEach((cell, k) => {
        if (cell) boxes[at][k].hidden = cell.certainty < chosen.certainty;
      });
    });
    for (const body of new Set(lines.map((one) => one.body))) {
      body.hidden = !lines.some((one) => one.body === body && !one.line.hidden);
    }
    byId("shown").textContent = data.shown.replace("{shown}", String(shown)).replace("{all}", String(lines.length));
    byId("nothing").hidden = shown > 0;
    told.hidden = true;
    const reached = boxes.flat().filter(Boolean);
    for (const button of reached) button.tabIndex = -1;
    const first = reached.find(canBeReached);
    if (first) first.tabIndex = 0;
  };

  const listen = () => {
    for (const name of ["group", "search", "certainty"]) byId(name)?.addEventListener("input", filter);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") told.hidden = true; });
    place.addEventListener("keydown", (event) => {
      const way = WAYS[event.key];
      const row = boxes.findIndex((line) => line.includes(event.target));
      if (!way || row < 0) return;
      const found = next(row, boxes[row].indexOf(event.target), ...way);
      event.preventDefault();
      if (found) goTo(found);
    });
  };

  try {
    build();
    for (const hidden of document.querySelectorAll("[data-live]")) hidden.hidden = false;
    listen();
    filter();
    document.documentElement.dataset.drawn = "gaps";
  } catch (problem) {
    console.warn("The drawing of the report stays:", problem);
  }
})();
