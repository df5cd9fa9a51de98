// A week in Porz, step by step, as docs/week.md tells it at length: what to press, and where to look.

export const WEEK = [
  ["Made in eight taps", "→ Monday. Frau Klein: ➕, Linde, Beratungsgespräch, Thursday, 10 Uhr, 10:30, Goethestraße, ✅. Amina has it."],
  ["Yes, where, and into the calendar", "Amina: ✅, then 📍 and 🗓. A pin, the way in words, and a file for her calendar."],
  ["Typed in one line", "Frau Klein types: Ahorn Fr 14:30 Hausbesuch. Then ✅ Senden, and Yusuf has it in Arabic."],
  ["Not understood", "Yusuf: ❓. Frau Klein: 🎙 Sprachnachricht senden, then 📎 Voice message. Yusuf hears it."],
  ["Moved in three taps", "Yusuf: 🔁 and the first time. Frau Klein: ✅ Annehmen. His card changes in place."],
  ["A counter-offer", "Amina: 🔁 and the last time. Frau Klein: 🔁 Gegenvorschlag, the first time. Amina: ✅ Evet, uygun."],
  ["No, with a picture", "Frau Klein types: Ahorn Do 9 Uhr Jobcenter. Then Jobcenter Porz, ✅. Yusuf: ❌, 🤒. Frau Klein: 📅 Termin öffnen."],
  ["A course", "Frau Klein: 👪, ➕ Kurs, Bonner Straße, Die eigene Wohnung, Thursday 16:00, both languages, 4 seats. Amina and Yusuf: ✅."],
  ["Five minutes of play", "Frau Klein: 👪 Familien, Linde, 🎯, ➕, Alltag mit kleinen Kindern. Amina: ▶️."],
  ["Nobody answers", "Frau Klein types: Linde Fr 8 Uhr Kita Mörikeweg. ✅. Then → 09:00 and → 18:00: one soft line came."],
  ["The evening before", "At 17:00 both were reminded of the new times. Amina: ✅ under the exercise, and it is one of sixteen."],
  ["Two hours before, and late", "→ 09:00, +1 h. Yusuf is reminded: ⏰, 20. Frau Klein reads it."],
  ["Who came", "→ 18:00. Frau Klein: 📝, ✅ Yusuf, ❌ Amina. +10 min. Amina is asked whether she is all right: 🙂."],
  ["The call list", "Frau Klein: 📞 Anrufe, 📞 Amina, ✅ Kommt. Amina's card for Friday follows."],
  ["The course begins", "→ 09:00, → 18:00. Frau Klein: 👪, 🎓 Kurse, Die eigene Wohnung, 1, ▫️ Linde, ❌ Alle anderen."],
  ["Nothing rings at night", "Frau Klein: 📅, the one at 08:00, 🔔. → 09:00. What was due at six came to Amina at seven."],
  ["The week as a picture", "Frau Klein types /week: 🖼, then 📈 and 🖼 for the half year behind them."],
  ["The lead's view, and her own calendar", "Herr Weber: 🛠, 📈. Frau Klein: ⚙️, 🗓, 🔗. Numbers without names, and a link with pseudonyms."],
  ["Her place is kept", "→ Monday. Amina: 🙂 under the question of Friday, and it is two of sixteen."],
];
