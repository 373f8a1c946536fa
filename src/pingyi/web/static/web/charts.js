// Draws every <figure data-chart>; the table beneath it says the same, so the drawing hides from screen readers.
"use strict";

(() => {
  const PAPER = 600; // px
  const style = () => getComputedStyle(document.documentElement);

  // light-dark() is resolved only where a color is used, so a probe wears it and is asked.
  const probe = document.createElement("i");
  function color(token) {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  }

  const renderers = {
    span(params, api) {
      const start = api.coord([api.value(1), api.value(0)]);
      const end = api.coord([api.value(2), api.value(0)]);
      const height = Math.min(api.size([0, 1])[1] * 0.55, 22);
      const width = Math.max(end[0] - start[0], 7);
      return {
        type: "rect",
        shape: { x: start[0], y: start[1] - height / 2, width, height, r: 3 },
        style: api.style(),
      };
    },
  };

  // A score between the limits of its interval: a bar with ends, and a dot where the score is.
  renderers.interval = (params, api) => {
    const [low, score, high] = [1, 2, 3].map((at) => api.coord([api.value(at), api.value(0)]));
    const cap = Math.min(api.size([0, 1])[1] * 0.25, 7);
    const stroke = { stroke: api.visual("color"), lineWidth: 2 };
    const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: stroke });
    return {
      type: "group",
      children: [
        line(low[0], low[1], high[0], high[1]),
        line(low[0], low[1] - cap, low[0], low[1] + cap),
        line(high[0], high[1] - cap, high[0], high[1] + cap),
        { type: "circle", shape: { cx: score[0], cy: score[1], r: 5 }, style: { fill: api.visual("color") } },
      ],
    };
  };

  function dress(value, key) {
    if (typeof value === "string" && value.startsWith("--")) return color(value);
    if (key === "renderItem") return renderers[value];
    if (Array.isArray(value)) return value.map((item) => dress(item));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, dress(item, name)]));
    }
    return value;
  }

  function axis(given, size, narrow) {
    const isNames = given.type === "category";
    return {
      axisLine: { lineStyle: { color: color("--edge") } },
      axisTick: { show: false },
      ...given,
      splitLine: { ...given.splitLine, lineStyle: { color: color("--line") } },
      axisLabel: {
        color: color("--ink"), fontSize: size * 0.8125, hideOverlap: !isNames,
        ...(isNames ? { width: size * (narrow ? 9 : 15), overflow: "truncate", interval: 0 } : {}),
      },
    };
  }

  function draw(figure, wide = 0) {
    const canvas = figure.querySelector(".chart-canvas");
    const given = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const size = parseFloat(style().fontSize);
    const { height, ...rest } = given;
    canvas.hidden = false;
    canvas.style.width = wide ? `${wide}px` : "";
    const narrow = canvas.clientWidth < 560;
    // On a phone the legend stands in two columns under the bars, and the picture grows by its lines.
    const legend = narrow && given.legend ? Math.ceil(given.series.length / 2) * 1.75 : 0;
    const dense = wide && height.rows > 12 ? 0.48 : 1; // so that a year fits on a sheet of paper
    canvas.style.height = `${(height.rows * height.row * dense + height.more + legend) * size}px`;
    canvas.style.minHeight = "0";
    document.body.append(probe);
    const option = dress(rest);
    if (legend) {
      option.legend = { ...option.legend, type: "plain", left: 0 };
      option.grid = { ...option.grid, bottom: legend * size + 24 };
    }
    option.xAxis = axis(option.xAxis, size, narrow);
    option.yAxis = axis(option.yAxis, size, narrow);
    // Tooltips as canvas text: as HTML they would need inline styles, which the content policy refuses.
    option.tooltip = { renderMode: "richText", confine: true, ...option.tooltip };
    if (option.legend) option.legend = { textStyle: { color: color("--ink"), fontSize: size * 0.8125 }, ...option.legend };
    option.color = [1, 2, 3, 4, 5, 6].map((number) => color(`--chart-${number}`));
    option.textStyle = { fontFamily: style().fontFamily, color: color("--ink") };
    option.animation = false;
    probe.remove();
    const chart = window.echarts.getInstanceByDom(canvas) || window.echarts.init(canvas, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio), locale: document.documentElement.lang.startsWith("zh") ? "ZH" : "EN" });
    chart.resize();
    chart.setOption(option, true);
  }

  function drawAll(wide = 0) {
    for (const figure of document.querySelectorAll("[data-chart]")) draw(figure, wide);
  }

  function begin() {
    for (const details of document.querySelectorAll("[data-chart] > details")) details.open = false;
    drawAll();
    let waiting = 0;
    window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => drawAll(), 150); });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
    // On paper the picture is as wide as a sheet of A4 between its margins, and drawn anew so that its type stays readable.
    window.addEventListener("beforeprint", () => drawAll(PAPER));
    window.addEventListener("afterprint", () => drawAll());
    window.addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("[data-chart] > details")) details.open = true; });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
