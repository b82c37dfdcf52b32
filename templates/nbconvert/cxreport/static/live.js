// Charts that answer to the pointer, in place of the drawings. A drawing stays where its chart cannot be made.
const specs = JSON.parse(document.getElementById("cx-specs").textContent);
// Vega tells of every empty data set; only errors are of interest.
const said = (...what) => { console.error(...what); return logger; };
const unsaid = () => logger;
const logger = { level: unsaid, error: said, warn: unsaid, info: unsaid, debug: unsaid };
for (const place of document.querySelectorAll("[data-chart]")) {
  const live = document.createElement("div");
  const options = { mode: "vega", renderer: "svg", actions: false, ast: true, logger, logLevel: 1 };
  vegaEmbed(live, specs[place.dataset.chart], options).then(() => place.replaceChildren(live));
}
