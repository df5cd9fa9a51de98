// The languages a phone can be set to, each by its own name, and a first name to go with a new phone.

const ROWS = [
  ["de", "Deutsch", "Maria"], ["de@leicht", "Deutsch (leicht)", "Jonas"], ["tr", "Türkçe", "Elif"],
  ["ar", "العربية", "Layla"], ["uk", "Українська", "Oksana"], ["ru", "Русский", "Irina"],
  ["ku", "Kurdî (Kurmancî)", "Berfîn"], ["ckb", "کوردی (سۆرانی)", "Rêbîn"], ["fa", "فارسی / دری", "Parisa"],
  ["sq", "Shqip", "Arta"], ["sr_Latn", "Srpski / Bosanski / Hrvatski", "Jasna"], ["bg", "Български", "Desislava"],
  ["ro", "Română", "Ioana"], ["pl", "Polski", "Agnieszka"], ["fr", "Français", "Aminata"], ["en", "English", "Blessing"],
];
const RTL = new Set(["ar", "fa", "ckb", "ps", "ur", "he"]);

export const LANGUAGES = ROWS.map(([code, endonym, name]) => ({ code, endonym, name, dir: dirOf(code) }));

export function dirOf(code) {
  return RTL.has(plain(code)) ? "rtl" : "ltr";
}

export function endonym(code) {
  const found = LANGUAGES.find((language) => language.code === code)
    ?? LANGUAGES.find((language) => plain(language.code) === plain(code ?? ""));
  return found ? found.endonym : code ?? "";
}

/** The tag HTML understands: `de@leicht` is German, `sr_Latn` is `sr-Latn`. */
export function tag(code) {
  return (code ?? "").split("@")[0].replace("_", "-");
}

/** What a Telegram account reports as language_code. */
export function plain(code) {
  return (code ?? "").split(/[@_-]/)[0];
}

export const ROLES = {
  parent: "Parent", caseworker: "Caseworker", on_call: "Crisis on-call", lead: "Team lead",
};
