/* Every stretch of text whose contrast with its ground is under 4.5 (3 for large text): "ratio words". */
(() => {
  const numbers = (colour) => {
    const found = colour.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
    if (colour.startsWith("color(srgb")) return [...found.slice(0, 3).map((n) => n * 255), found[3] ?? 1];
    return [...found.slice(0, 3), found[3] ?? 1];
  };
  const over = (top, ground) => [0, 1, 2].map((n) => top[n] * top[3] + ground[n] * (1 - top[3]));
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(numbers(getComputedStyle(e).backgroundColor));
    let colour = [255, 255, 255];
    for (const layer of layers.reverse()) colour = over(layer, colour);
    return colour;
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!words || !element.checkVisibility() || element.closest(".quiet, .skip, option, svg")) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const [one, two] = [light(over(numbers(style.color), ground)), light(ground)];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${ratio.toFixed(2)} ${words.slice(0, 40)}`);
  }
  return poor;
})();
