// What a browser makes of the page, as JSON: its widths, its colours, what sticks out of it, and
// texts whose contrast with what is behind them is below WCAG's 4.5 (3 for large text).
(() => {
  const rgba = (text) => {
    const numbers = (text.match(/[\d.]+/g) || []).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const luminance = ({ rgb }) => {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.alpha === 1) {
        return colour;
      }
    }
    return { rgb: [255, 255, 255], alpha: 1 };
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const isHidden = (element) => {
    const box = element.getBoundingClientRect();
    return box.width <= 1 || box.height <= 1;
  };
  const width = document.documentElement.clientWidth;
  const faint = [];
  const outside = [];
  let texts = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (!isHidden(element) && box.right > width + 0.5) {
      outside.push(`${element.tagName} ${element.className} ends at ${box.right}`);
    }
    if (hasText(element) && !isHidden(element) && element.tagName.toLowerCase() !== "title") {
      texts += 1;
      const colour = rgba(element instanceof SVGElement ? style.fill : style.color);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const ratio = contrast(colour, behind(element));
      if (ratio < (large ? 3 : 4.5)) {
        faint.push(`${element.tagName} ${element.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
      }
    }
  }
  const body = getComputedStyle(document.body);
  return JSON.stringify({
    width,
    scrollWidth: document.documentElement.scrollWidth,
    background: luminance(rgba(body.backgroundColor)),
    text: luminance(rgba(body.color)),
    sections: [...document.querySelectorAll("section")]
      .filter((section) => section.getBoundingClientRect().height > 20)
      .map((section) => section.id),
    texts,
    faint: faint.slice(0, 20),
    outside: outside.slice(0, 20),
  });
})();
