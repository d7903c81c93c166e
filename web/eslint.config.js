import js from "@eslint/js";

/** Names that browsers define and that the page uses. */
const browser = Object.fromEntries(
  [
    "document", "window", "location", "history", "navigator", "performance", "matchMedia", "getComputedStyle",
    "addEventListener", "requestAnimationFrame", "devicePixelRatio", "atob", "fetch", "Blob", "Response", "URL",
    "URLSearchParams", "DecompressionStream", "Path2D", "HTMLElement", "HTMLCanvasElement",
    "HTMLDetailsElement", "HTMLFormElement", "HTMLInputElement", "HTMLSelectElement", "setTimeout", "clearTimeout", "console",
  ].map((name) => [name, "readonly"]),
);

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: browser },
    rules: {
      "eqeqeq": ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-shadow": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 60],
    },
  },
];
