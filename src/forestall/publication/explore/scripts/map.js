/* The map of a page: drawn by MapLibre from the data in the page, read place by place with the
   pointer, with a list of areas, or with the arrow keys. Where the browser cannot draw it, the
   picture of the report stays, with a sentence. Nothing is loaded from elsewhere. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("explore-data").textContent);
  const words = data.words;
  const frame = document.getElementById("map");
  const told = document.getElementById("told");
  const pins = document.getElementById("pins");
  const tip = document.getElementById("tip");
  const PER_DEGREE = 1e5, HIDDEN = -1, EMPTY = 0, WORKER = "maplibre-worker.js";
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /* Shapes are steps in hundred-thousandths of a degree. */
  const points = (steps) => {
    const found = [];
    let x = 0, y = 0;
    for (let k = 0; k < steps.length; k += 2) {
      x += steps[k];
      y += steps[k + 1];
      found.push([x / PER_DEGREE, y / PER_DEGREE]);
    }
    return found;
  };
  const polygon = (rings) => ({type: "MultiPolygon", coordinates: rings.map((part) => part.map(points))});
  const collection = (features) => ({type: "FeatureCollection", features});
  const lines = (found) => collection(
    [{type: "Feature", properties: {}, geometry: {type: "MultiLineString", coordinates: found.map(points)}}]);
  const features = data.places.map((rings, id) => (
    {type: "Feature", id, properties: {level: data.classes[id]}, geometry: polygon(rings)}));
  const middles = features.map(({geometry}) => {
    const ring = geometry.coordinates[0][0].slice(0, -1);
    return [0, 1].map((axis) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length);
  });
  const outlines = collection(data.areas.map((area) => (
    {type: "Feature", properties: {}, geometry: polygon(area.outline)})));

  let map, chosen = null;

  const colours = () => {
    const level = ["match", ["get", "level"]];
    for (let k = 1; k <= 6; k += 1) level.push(k, token(`--map-${k}`));
    return [...level, token("--map-ground")];
  };

  /* Strokes for hidden numbers, in the colour of the drawing. */
  const hatch = () => {
    const size = 16;
    const canvas = Object.assign(document.createElement("canvas"), {width: size, height: size});
    const pen = canvas.getContext("2d");
    pen.strokeStyle = token("--map-hatch");
    pen.lineWidth = 1.8;
    for (const shift of [-size, -size / 2, 0, size / 2, size]) {
      pen.beginPath();
      pen.moveTo(shift - 2, size + 2);
      pen.lineTo(shift + size + 2, -2);
      pen.stroke();
    }
    return pen.getImageData(0, 0, size, size);
  };

  const line = (id, source, colour, width, more = {}) => (
    {id, type: "line", source, layout: {"line-join": "round", "line-cap": "round"},
      paint: {"line-color": colour, "line-width": width, ...more}});

  const style = () => {
    const [below, above] = [[], []];
    for (const {layer, over} of baseLayers()) (over ? above : below).push(layer);
    return {
      version: 8,
      sources: {
        places: {type: "geojson", data: collection(features)},
        outlines: {type: "geojson", data: outlines},
        ...Object.fromEntries(["borders", "boundaries", "streets"].map((name) => (
          [name, {type: "geojson", data: lines(data[name] || [])}]))),
        chosen: {type: "geojson", data: collection([])},
        ...(data.basemap ? {base: {type: "vector", url: "pmtiles://basemap"}} : {}),
      },
      layers: [
        {id: "paper", type: "background", paint: {"background-color": token("--paper")}},
        ...below,
        {id: "places", type: "fill", source: "places",
          paint: {"fill-color": colours(), "fill-antialias": false,
            "fill-opacity": data.basemap ? ["match", ["get", "level"], EMPTY, 0.45, 1] : 1}},
        {id: "hidden", type: "fill", source: "places", filter: ["==", ["get", "level"], HIDDEN],
          paint: {"fill-pattern": "hatch", "fill-antialias": false}},
        ...above,
        line("streets", "streets", token("--map-street"), 1),
        line("boundaries", "boundaries", token("--ink-2"), 1.4, {"line-dasharray": [4, 2]}),
        line("borders", "borders", token("--ink-2"), 1),
        line("outlines-under", "outlines", token("--paper"), 5),
        line("outlines", "outlines", token("--map-hot"), 2.5),
        line("chosen-under", "chosen", token("--paper"), 7),
        line("chosen", "chosen", token("--focus"), 3.5),
        ...(data.basemap?.layers.includes("places") ? [names()] : []),
      ],
    };
  };

  /* The base map, where the folder has one: areas below the places, lines and names above. */
  const baseLayers = () => {
    if (!data.basemap) return [];
    const known = new Set(data.basemap.layers);
    const from = (layer, more) => ({source: "base", "source-layer": layer, ...more});
    const fill = (id, colour, filter) => ({layer: {id: `base-${id}`, type: "fill", ...from(id, {
      paint: {"fill-color": colour}, ...(filter ? {filter} : {})})}});
    const stroke = (id, colour, width, filter) => ({over: true, layer: {id: `base-${id}-lines`, type: "line",
      ...from(id, {paint: {"line-color": colour, "line-width": width}, ...(filter ? {filter} : {})})}});
    if (!["earth", "water", "roads"].some((name) => known.has(name))) {
      return data.basemap.layers.map((name) => stroke(name, token("--map-street"), 0.8));
    }
    const wide = ["interpolate", ["linear"], ["zoom"], 9, 0.4, 14, 1.6, 17, 4];
    const found = [
      fill("earth", token("--map-earth")),
      fill("landuse", token("--map-green"), ["in", ["get", "kind"],
        ["literal", ["park", "wood", "forest", "nature_reserve", "grass", "golf_course"]]]),
      fill("water", token("--map-water"), ["==", ["geometry-type"], "Polygon"]),
      stroke("roads", token("--map-street"), wide, ["in", ["get", "kind"],
        ["literal", ["highway", "major_road", "medium_road"]]]),
      stroke("boundaries", token("--edge"), 1),
    ].filter(({layer}) => known.has(layer["source-layer"]));
    return found;
  };

  const names = () => ({
    id: "base-names", type: "symbol", source: "base", "source-layer": "places",
    filter: ["==", ["get", "kind"], "locality"],
    layout: {
      "text-field": ["coalesce", ["get", `name:${document.documentElement.lang}`], ["get", "name"]],
      "text-font": ["sans-serif"], "text-size": 13, "text-max-width": 7,
    },
    paint: {"text-color": token("--ink"), "text-halo-color": token("--paper"), "text-halo-width": 2},
  });

  /* Over http a worker is a file. A page from the file system may not start one from a file, but
     may load the file as a script: then it hands out its own text, of which a blob is made. Where
     MapLibre asks for the text of that blob again, it is answered here, not by the network. */
  const worker = async () => {
    const file = new URL(WORKER, document.getElementById("maplibre").src).href;
    if (location.protocol !== "file:") return `${file}#classic.cjs`;
    await new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), {src: file});
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    const text = window.maplibreWorkerText;
    const named = `${URL.createObjectURL(new Blob([text], {type: "text/javascript"}))}#classic.cjs`;
    const asked = window.fetch;
    window.fetch = (what, ...more) => (
      what === named ? Promise.resolve(new Response(text)) : asked.call(window, what, ...more));
    return named;
  };

  const basemap = () => {
    if (!data.basemap) return;
    const bytes = Uint8Array.from(atob(window.forestallBasemap), (letter) => letter.charCodeAt(0)).buffer;
    const protocol = new maplibre.Protocol();
    protocol.add(new maplibre.PMTiles({
      getKey: () => "basemap",
      getBytes: async (offset, length) => ({data: bytes.slice(offset, offset + length)}),
    }));
    maplibre.addProtocol("pmtiles", protocol.tile);
  };

  const move = (options) => map.easeTo({duration: still.matches ? 0 : 250, ...options});
  const fit = (window, padding = 24) => map.fitBounds(
    [[window[0], window[1]], [window[2], window[3]]],
    {padding, maxZoom: 15, animate: !still.matches, duration: 400});

  const row = (term, value) => {
    const element = make("span", "row");
    if (term) element.append(make("span", "", term));
    element.append(make("b", "", value));
    return element;
  };

  const rowsOf = (id) => {
    const why = [null, words.small, words.secondary][data.status[id]];
    const level = data.classes[id];
    return [
      level === EMPTY && data.numbers[id] === "0" ? row("", words.empty) : row(words.recorded, data.numbers[id]),
      ...(why ? [make("span", "why", why)] : []),
    ];
  };

  const clear = () => {
    chosen = null;
    map.getSource("chosen").setData(collection([]));
    told.replaceChildren(make("span", "soft", words.hint));
    for (const button of document.querySelectorAll("[data-letter]")) button.setAttribute("aria-pressed", "false");
  };

  const choose = (id) => {
    clear();
    chosen = id;
    map.getSource("chosen").setData(collection([features[id]]));
    const area = data.areas.find(({letter}) => letter === data.letters[id]);
    told.replaceChildren(
      make("b", "", data.names[id]), ...rowsOf(id), ...(area ? [make("span", "why", area.inside)] : []));
    const inside = map.getBounds().contains(middles[id]);
    if (!inside) move({center: middles[id]});
  };

  const chooseArea = (area, button) => {
    clear();
    button.setAttribute("aria-pressed", "true");
    told.replaceChildren(make("b", "", area.name), ...area.rows.map(([term, value]) => row(term, value)));
    fit(area.window, {top: 50, right: 90, bottom: 50, left: 40});
  };

  /* The nearest place with a record in the direction of an arrow. */
  const next = (right, up) => {
    const squeeze = Math.cos((map.getCenter().lat * Math.PI) / 180);
    const from = chosen === null ? map.getCenter().toArray() : middles[chosen];
    let best = chosen, least = Infinity;
    middles.forEach((middle, id) => {
      if (id === chosen || (data.classes[id] === EMPTY && data.numbers[id] === "0")) return;
      const [x, y] = [(middle[0] - from[0]) * squeeze, middle[1] - from[1]];
      const along = x * right + y * up;
      const across = Math.abs(x * up - y * right);
      if (chosen !== null && (along <= 0 || across > along)) return;
      const cost = chosen === null ? Math.hypot(x, y) : along + 2 * across;
      if (cost < least) [best, least] = [id, cost];
    });
    if (best !== null) choose(best);
  };

  const KEYS = {
    ArrowRight: () => next(1, 0), ArrowLeft: () => next(-1, 0),
    ArrowUp: () => next(0, 1), ArrowDown: () => next(0, -1),
    "+": () => map.zoomIn(), "=": () => map.zoomIn(), "-": () => map.zoomOut(),
    Home: () => fit(data.window), Escape: clear,
  };

  const placePins = () => {
    for (const pin of pins.children) {
      const {x, y} = map.project([Number(pin.dataset.x), Number(pin.dataset.y)]);
      pin.style.transform = `translate(${x}px, ${y}px)`;
    }
  };

  /* The longest round length that fits beside north. */
  const scale = () => {
    const middle = map.getContainer().clientHeight / 2;
    const [left, right] = [map.unproject([0, middle]), map.unproject([100, middle])];
    const metres = left.distanceTo(right) / 100;
    const [length, text] = data.scales.find(([length]) => length / metres <= 110) || data.scales.at(-1);
    const bar = document.getElementById("scale");
    bar.textContent = text;
    bar.style.inlineSize = `${Math.round(length / metres)}px`;
  };

  const hover = (event) => {
    const found = event.features?.[0];
    tip.hidden = !found;
    if (!found) return;
    tip.replaceChildren(make("b", "", data.names[found.id]), ...rowsOf(found.id));
    const {x, y} = event.point;
    const before = x > frame.clientWidth / 2;
    tip.style.left = `${before ? x - tip.offsetWidth - 12 : x + 12}px`;
    tip.style.top = `${Math.max(0, y - tip.offsetHeight - 8)}px`;
  };

  const listen = () => {
    map.on("click", "places", (event) => choose(event.features[0].id));
    map.on("mousemove", "places", hover);
    map.on("mouseleave", "places", () => { tip.hidden = true; });
    map.on("move", placePins);
    map.on("move", scale);
    map.on("resize", scale);
    map.getCanvas().addEventListener("keydown", (event) => {
      const act = KEYS[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && clear());
    const buttons = {"zoom-in": () => map.zoomIn(), "zoom-out": () => map.zoomOut(), whole: () => fit(data.window)};
    for (const [id, act] of Object.entries(buttons)) document.getElementById(id).addEventListener("click", act);
    for (const button of document.querySelectorAll("[data-letter]")) {
      const area = data.areas.find(({letter}) => letter === button.dataset.letter);
      button.addEventListener("click", () => chooseArea(area, button));
    }
    for (const box of document.querySelectorAll("[data-layers]")) {
      const layers = () => map.getStyle().layers.filter(({id}) => id.startsWith(box.dataset.layers));
      box.addEventListener("change", () => {
        for (const {id} of layers()) map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
      });
    }
    dark.addEventListener("change", () => {
      map.removeImage("hatch");
      map.setStyle(style(), {diff: false});
      map.once("styledata", () => map.addImage("hatch", hatch(), {pixelRatio: 2}));
    });
  };

  const ready = () => {
    pins.append(...data.areas.map(({letter}, place) => {
      const pin = make("span", "pin-live", letter);
      const corners = outlines.features[place].geometry.coordinates.flat(2);
      const [x, y] = corners.reduce((best, one) => (one[0] + 2 * one[1] > best[0] + 2 * best[1] ? one : best));
      Object.assign(pin.dataset, {x, y});
      return pin;
    }));
    frame.classList.add("ready");
    for (const hidden of document.querySelectorAll("[data-live]")) hidden.hidden = false;
    map.resize();
    fit(data.window);
    clear();
    placePins();
    scale();
    listen();
    document.documentElement.dataset.drawn = "map";
  };

  const giveUp = (problem) => {
    if (frame.classList.contains("ready")) return;
    document.getElementById("no-map").hidden = false;
    document.documentElement.dataset.drawn = "picture";
    if (problem) console.info("The picture of the report stays:", problem);
  };

  const start = async () => {
    const tried = document.createElement("canvas");
    if (!tried.getContext("webgl2")) return giveUp();
    maplibre.setWorkerUrl(await worker());
    maplibre.setWorkerCount(1);
    basemap();
    map = new maplibre.Map({
      container: "canvas",
      style: style(),
      bounds: [data.window.slice(0, 2), data.window.slice(2)],
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      maxZoom: 17,
      renderWorldCopies: false,
      locale: words.locale,
    });
    map.touchZoomRotate.disableRotation();
    map.addImage("hatch", hatch(), {pixelRatio: 2});
    map.once("load", ready);
    map.on("error", ({error}) => giveUp(error));
  };

  start().catch(giveUp);
})();
