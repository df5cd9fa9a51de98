// An evening in Porz, step by step, as docs/evening.md tells it at length: what to press, and where to look.

export const CAST = ["Amina", "Yusuf", "Frau Klein", "Frau Koch", "Herr Weber"];

export const EVENING = [
  ["The phone changes hands", "Wind the clock with → 18:00. Frau Koch's shift begins, and she reads what is open."],
  ["A word in a note", "Amina: 💬, 😟, then type: beni dövüyor. She is asked whether she needs help now."],
  ["Yes, now", "Amina: 🚨. Frau Koch is paged within the second and gets Amina's words."],
  ["Numbers to touch, and a card to show", "Yusuf: 🆘, then ☠️. Numbers to call with one touch, and a card in German."],
  ["Somebody has seen it", "Frau Koch: ❓. Amina's message now says that somebody has seen it."],
  ["Nobody takes it", "+10 min. Herr Weber is paged, then Frau Koch again; Amina reads that nobody answers yet."],
  ["Telegram goes down, and comes back", "Telegram: down, +10 min. The pagers ring: see Second way below. Then: works."],
  ["Taken, with a time", "Frau Koch: ✅, then 🕐 in 10 Min. Amina reads who, and when; Herr Weber sees it too."],
  ["Write, don't call", "Amina: ✍️. Frau Koch is told, presses ✍️ Nachricht schreiben and types an answer."],
  ["A place is held", "Frau Koch: 🛏, ✋ Goethestraße 1, A-0001: aus Porz. It is hers for half an hour."],
  ["Forgotten, and not lost", "+10 min: is she still on it? +10 min: Herr Weber is paged as well. Frau Koch: ✅ Ja."],
  ["One place lapses, one is taken", "+10 min, and the place lapses. Frau Koch: 🛏, ✋ Krisenwohnung, A-0001: aus Porz, ✅, three nights."],
  ["How it ended", "Frau Koch: 🏁 on the alarm, then 🛏 Platz gefunden. Everybody reads that it is over."],
  ["Looking back", "Frau Koch: ✍️ Nachbesprechung, a note. Then 🚨, 📜, A-0001, 🖼: the evening as a picture."],
  ["A drill in the morning", "→ 09:00. Herr Weber: 🛠, 📟, 📟, ✅. Frau Koch: ✅. +10 min, Herr Weber: ✅. A table says who heard it."],
];
