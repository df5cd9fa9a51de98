"""Words that may never light up on a phone whose owner must not be found out, in every language of families."""

import re

# beginnings of words: the agency, families, children, training and counselling, violence, offices, danger
WORDS = {
    "de": (
        "pänz sommerberg awo famili kind mutter vater mama papa eltern baby säugling training übung kurs "
        "beratung gespräch gewalt schläg missbrauch frauenhaus jugend sozial amt behörde hilf fachkraft "
        "betreu pädagog therap krise notfall notruf polizei alarm gefahr schul kita besuch gericht sorgerecht"
    ),
    "tr": (
        "pänz sommerberg awo aile çocuk anne baba ebeveyn bebek eğitim alıştırma kurs danış görüşme şiddet "
        "istismar sığınma gençlik sosyal resmî daire yardım destek uzman bakım terapi kriz acil imdat polis "
        "alarm tehlike okul kreş ziyaret mahkeme velayet"
    ),
    "ar": (
        "pänz sommerberg awo عائل العائل أسر الأسر طفل الطفل أطفال الأطفال والد الوالد رضيع تدريب التدريب "
        "تمرين استشار الاستشار إرشاد عنف العنف إساءة ملجأ شباب الشباب اجتماعي دائرة الدائرة مساعد "
        "المساعد دعم الدعم علاج أزمة الأزمة طوارئ الطوارئ نجدة استغاثة شرطة الشرطة إنذار خطر الخطر مدرسة روضة "
        "الروضة زيارة الزيارة محكمة حضانة"
    ),
}


def giveaways(language: str, text: str) -> list[str]:
    """The words of the list that some word of the text begins with."""
    said = re.findall(r"[^\W\d_]+", text.casefold())
    return [start for start in WORDS[language].split() if any(word.startswith(start) for word in said)]
