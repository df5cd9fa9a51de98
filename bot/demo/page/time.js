// Cologne's wall clock, in the one form the whole project writes: weekday, dd.MM.yyyy HH:mm, Latin digits.

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin", hourCycle: "h23", weekday: "long", day: "2-digit", month: "2-digit",
  year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function wall(moment) {
  const date = moment instanceof Date ? moment : new Date(moment);
  if (Number.isNaN(date.getTime())) return { weekday: "", day: "", short: "", time: "", full: "" };
  const p = Object.fromEntries(PARTS.formatToParts(date).map((part) => [part.type, part.value]));
  return {
    weekday: p.weekday,
    day: `${p.day}.${p.month}.${p.year}`,
    short: `${p.day}.${p.month}.`,
    time: `${p.hour}:${p.minute}`,
    full: `${p.hour}:${p.minute}:${p.second}`,
  };
}

/** Seconds until Cologne's clocks next show such a time, and one more: "18:00", or "Monday 09:00" for that day only. */
export function until(aim, now) {
  const [time, weekday] = aim.split(" ").reverse();
  const at = (seconds) => new Date(now.getTime() + seconds * 1000);
  let seconds = untilTime(time, now);
  while (weekday && wall(at(seconds)).weekday !== weekday) seconds += untilTime(time, at(seconds));
  return seconds;
}

function untilTime(time, now) {
  const [hours, minutes, seconds] = wall(now).full.split(":").map(Number);
  const [hour, minute] = time.split(":").map(Number);
  const away = ((hour - hours) * 3600 + (minute - minutes) * 60 - seconds + 86400) % 86400 || 86400;
  const fits = (shift) => wall(new Date(now.getTime() + (away + shift) * 1000)).time === time;
  return away + 1 + ([0, 3600, -3600].find(fits) ?? 0);
}

/** How far away a moment is from `now`, in the words of the drawers: "in 12 min", "3 h ago". */
export function away(moment, now) {
  const seconds = Math.round((new Date(moment) - now) / 1000);
  const size = Math.abs(seconds);
  const [amount, unit] =
    size < 60 ? [size, "s"] : size < 5400 ? [Math.round(size / 60), "min"]
      : size < 172800 ? [Math.round(size / 3600), "h"] : [Math.round(size / 86400), "days"];
  return seconds >= 0 ? `in ${amount} ${unit}` : `${amount} ${unit} ago`;
}

/** The demo's clock as last told, running on by itself in between. */
export class DemoClock {
  #base = Date.now();
  #at = performance.now();

  set(iso) {
    const told = Date.parse(iso);
    if (Number.isNaN(told)) return;
    this.#base = told;
    this.#at = performance.now();
  }

  now() {
    return new Date(this.#base + performance.now() - this.#at);
  }
}
