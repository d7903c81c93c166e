import pytest

from pipeline.sources.language import identify

ENGLISH = (
    "Gunmen opened fire on a convoy near the northern bridge on Tuesday evening, officials said. Two guards were hurt "
    "and taken to a hospital in the city. No group has claimed responsibility for the attack so far. "
)
FRENCH = (
    "Des hommes armés ont ouvert le feu sur un convoi près du pont du nord mardi soir, selon les autorités. Deux "
    "gardes ont été blessés et conduits à l'hôpital de la ville. Personne n'a revendiqué l'attaque jusqu'à présent. "
)
FOREIGN = {
    "fr": FRENCH,
    "de": "Bewaffnete haben am Dienstagabend nahe der nördlichen Brücke das Feuer auf einen Konvoi eröffnet, wie die "
    "Behörden mitteilten. Zwei Wachleute wurden verletzt.",
    "es": "Hombres armados abrieron fuego contra un convoy cerca del puente norte el martes por la noche, dijeron las "
    "autoridades. Dos guardias resultaron heridos.",
    "nl": "Gewapende mannen hebben dinsdagavond bij de noordelijke brug het vuur geopend op een konvooi, aldus de "
    "autoriteiten. Twee bewakers raakten gewond.",
    "sv": "Beväpnade män öppnade eld mot en konvoj nära den norra bron på tisdagskvällen, enligt myndigheterna. Två "
    "vakter skadades och fördes till sjukhus.",
    "pl": "Uzbrojeni mężczyźni otworzyli ogień do konwoju w pobliżu północnego mostu we wtorek wieczorem, "
    "poinformowały władze. Dwóch strażników zostało rannych.",
    "tr": "Yetkililer, silahlı kişilerin salı akşamı kuzey köprüsü yakınında bir konvoya ateş açtığını söyledi. İki "
    "koruma yaralandı.",
    "ru": "Вооружённые люди открыли огонь по колонне у северного моста во вторник вечером, сообщили власти.",
    "uk": "Озброєні люди відкрили вогонь по колоні біля північного мосту у вівторок увечері, повідомила влада.",
    "ar": "أطلق مسلحون النار على قافلة قرب الجسر الشمالي مساء الثلاثاء، بحسب السلطات. وأصيب حارسان بجروح.",
    "zh": "官员们说,周二晚上,枪手在北部桥梁附近向一支车队开火。两名警卫受伤,被送往市内一家医院。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_recognised(language: str) -> None:
    for text in (FOREIGN[language], FOREIGN[language] * 30, FOREIGN[language].upper()):
        verdict = identify(text)
        assert verdict.is_foreign
        assert verdict.sureness > 0.5
    assert identify(FOREIGN[language]).language == language


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Two killed in blast",
        f"{ENGLISH} “{FRENCH}” he said. {ENGLISH}",
        f"{FRENCH * 3}\n\n{ENGLISH * 3}",
        ENGLISH + "Among them: " + ", ".join(["Oleksandr Syrskyi, Kyrylo Budanov, Denys Shmyhal, Andriy Yermak"] * 9),
        ENGLISH + "حركة حزب الله النجباء وكتائب سيد الشهداء. " + ENGLISH,
    ],
)
def test_english_is_recognised_whatever_it_is_mixed_with(text: str) -> None:
    verdict = identify(text)
    assert (verdict.language, verdict.is_foreign) == ("en", False)


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "7 - 3", "BAGHDAD", "Attaque à Bagdad",
        "Abu Ala al-Walai, Qais al-Khazali, Hadi al-Amiri, Akram al-Kaabi, Jurf al-Sakhar, Babil, Musayyib",
        "Volodymyr Zelenskyy, Valerii Zaluzhnyi, Oleksandr Syrskyi, Kyrylo Budanov, Denys Shmyhal, Kryvyi Rih",
    ],
)  # fmt: skip
def test_what_is_unsure_is_not_set_aside(text: str) -> None:
    assert not identify(text).is_foreign


def test_a_line_of_english_does_not_save_a_foreign_page() -> None:
    assert identify(FRENCH * 12 + "Read more. All rights reserved.").is_foreign
