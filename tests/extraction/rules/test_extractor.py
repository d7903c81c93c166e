import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks.evidence import faults_in
from pipeline.errors import UserListError
from pipeline.extraction.rules.extractor import RulesExtractor
from schemas import Mention, Tally
from tests.support.records import article

Extract = Callable[..., tuple[list[Mention], list[Tally]]]
CLOCK = date(2019, 7, 10)  # a Wednesday

REPORT = (
    "Two drones hit the airport of Erbil on Monday, killing a guard and wounding at least three others. "
    "One drone was shot down, but another struck a hangar. "
    "The Islamic State group claimed responsibility for the attack."
)
STORY = (
    "KANO, July 10 — Gunmen attacked a market in Kano on Tuesday, killing 12 people. "
    "In a separate incident, a car bomb exploded in Maiduguri on Monday, killing four soldiers. "
    "Six others were wounded in the blast. Boko Haram claimed responsibility for the bombing."
)


def only(mentions: list[Mention]) -> Mention:
    assert len(mentions) == 1, [(m.event_type, m.place_name, m.date_earliest) for m in mentions]
    return mentions[0]


def test_a_report_is_read_in_full(extract: Extract) -> None:
    mention = only(extract(REPORT)[0])
    assert mention.event_type == "drone_attack"
    assert (mention.date_earliest, mention.date_latest) == (date(2019, 7, 8), date(2019, 7, 8))
    assert mention.country == "IRQ"
    assert [(w.weapon_type, w.count_low, w.count_high) for w in mention.weapons] == [("drone", 2, 2)]
    assert (mention.intercepted_low, mention.outcome) == (1, "partial")
    assert (mention.killed_low, mention.killed_best) == (1, 1)
    assert (mention.wounded_low, mention.wounded_high) == (3, None)
    assert [actor.actor_id for actor in mention.claimed_by] != [None]
    assert not mention.perpetrators


@pytest.mark.parametrize("text", [REPORT, STORY, "In May 2017, a truck bomb killed 150 people in Kabul."])
def test_every_filled_field_has_its_words(extract: Extract, text: str) -> None:
    mentions, tallies = extract(text)
    assert mentions
    for record in (*mentions, *tallies):
        assert faults_in(record, text) == []


def test_the_same_text_gives_the_same_ids(extractor: RulesExtractor) -> None:
    one, other = (
        extractor.extract(article(STORY, published=CLOCK)),
        RulesExtractor().extract(article(STORY, published=CLOCK)),
    )
    assert one == other
    assert len({m.mention_id for m in one if isinstance(m, Mention)}) == len(one)


def test_two_incidents_stay_apart_and_keep_their_own_tolls(extract: Extract) -> None:
    market, bomb = extract(STORY)[0]
    assert (market.place_name, market.killed_best, market.wounded_best) == ("Kano", 12, None)
    assert (bomb.place_name, bomb.killed_best, bomb.wounded_best) == ("Maiduguri", 4, 6)
    assert bomb.event_type == "car_bombing"
    assert bomb.claimed_by
    assert not market.claimed_by
    assert (market.date_earliest, bomb.date_earliest) == (date(2019, 7, 9), date(2019, 7, 8))


@pytest.mark.parametrize(
    "text",
    [
        "The group threatened to attack ships in the Red Sea.",
        "Officials warned of possible rocket attacks on Baghdad.",
        "Had the bomb exploded in Kabul, it could have killed dozens.",
        "The army held a drill in Kano in which troops fired missiles.",
        "No attack took place in Mosul on Monday.",
        "The striker scored the winning goal as Lagos attacked in the second half of the match.",
        "The film tells of an ambush in Kandahar.",
        "An earthquake struck Herat on Sunday, killing 40 people.",
        "A bus crash killed nine people near Quetta on Sunday.",
        "A gas leak caused an explosion at a factory in Lahore, killing three workers.",
        "Thousands of people marched through Khartoum demanding justice for those killed in the attack.",
        "The minister had a heart attack in Tripoli.",
        "Workers went on strike in Basra on Monday.",
        "The government imposed sanctions targeting the oil trade.",
        "Talks on a ceasefire began in Geneva.",
        "The road to Kirkuk is often attacked.",
        "",
        " ",
        "...",
    ],
)
def test_what_is_no_incident(extract: Extract, text: str) -> None:
    assert extract(text or " ")[0] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels attacked an army base in Kidal on Monday.", "asserted"),
        ("Militants attempted to attack an army base in Kidal on Monday.", "attempted"),
        ("The army denied that rebels attacked the town of Kidal on Monday.", "denied"),
        ("Al-Shabaab said its fighters attacked an army base in Kismayo on Monday.", "claimed"),
    ],
)
def test_status(extract: Extract, text: str, status: str) -> None:
    assert only(extract(text)[0]).status == status


class TestDates:
    def test_without_a_clock_there_is_no_date(self, extract: Extract) -> None:
        mention = only(extract("Gunmen attacked a church in Jos on Thursday.", None)[0])
        assert (mention.date_earliest, mention.date_latest) == (None, None)
        assert "Thursday" in (mention.date_text or "")

    def test_an_undated_incident_lies_in_the_week_of_publication(self, extract: Extract) -> None:
        mention = only(extract("Gunmen attacked a church in Jos.")[0])
        assert (mention.date_earliest, mention.date_latest) == (date(2019, 7, 3), date(2019, 7, 10))
        assert (mention.date_basis, mention.date_precision) == ("publication", "week")

    def test_the_day_of_the_report_is_not_the_day_of_the_deed(self, extract: Extract) -> None:
        mention = only(extract("Gunmen attacked a church in Jos, police said on Monday.")[0])
        assert mention.date_latest == date(2019, 7, 8)
        assert mention.date_earliest != mention.date_latest

    def test_the_header_is_no_date(self, extract: Extract) -> None:
        mention = only(extract("JOS, Nigeria, May 3 (Example) -- Gunmen attacked a church in Jos on Monday.")[0])
        assert mention.date_earliest == date(2019, 7, 8)

    def test_a_day_earlier_counts_from_the_incident_before(self, extract: Extract) -> None:
        text = "Rockets hit Kirkuk on Sunday. A day earlier, gunmen attacked a checkpoint near Mosul."
        _, earlier = extract(text)[0]
        assert earlier.date_earliest == date(2019, 7, 6)

    def test_what_was_years_ago_is_background(self, extract: Extract) -> None:
        text = "A bomb went off in Kabul on Monday, killing two people. In May 2017, a truck bomb killed 150 in Kabul."
        news, old = extract(text)[0]
        assert (news.background, old.background) == (False, True)


class TestTraps:
    def test_an_ordinal_counts_the_incidents_not_the_introduction(self, extract: Extract) -> None:
        text = (
            "Two army bases in Mali were hit by rocket attacks. On Monday, rockets hit a base in Gao. "
            "Another attack targeted a base in Kidal. JNIM claimed responsibility for the second attack."
        )
        gao, kidal = extract(text)[0]
        assert (gao.place_name, kidal.place_name) == ("Gao", "Kidal")
        assert not gao.claimed_by
        assert kidal.claimed_by

    def test_tolls_stay_with_their_own_sentence(self, extract: Extract) -> None:
        text = "Shells fell on Taiz on Monday. A roadside bomb exploded in Aden on Tuesday, killing five people."
        shells, bomb = extract(text)[0]
        assert shells.killed_low is None
        assert bomb.killed_best == 5

    def test_a_counter_strike_is_an_incident_and_what_it_answers_is_not(self, extract: Extract) -> None:
        text = "In response to these attacks, the U.S. military carried out strikes on July 5 in eastern Syria."
        mention = only(extract(text)[0])
        assert (mention.event_type, mention.date_earliest) == ("airstrike", date(2019, 7, 5))
        assert [actor.actor_type for actor in mention.perpetrators] == ["state_forces"]

    def test_interceptions_are_not_added_up(self, extract: Extract) -> None:
        text = "Air defences intercepted three drones near Erbil on Monday. The three drones were shot down at night."
        mention = only(extract(text)[0])
        assert mention.intercepted_low == 3
        assert mention.outcome == "foiled"

    def test_the_claimant_is_neither_blamed_nor_the_army(self, extract: Extract) -> None:
        text = (
            "A bomb exploded in Baidoa on Monday. Al-Shabaab claimed responsibility for the attack on the Somali army."
        )
        mention = only(extract(text)[0])
        assert [actor.name.lower() for actor in mention.claimed_by] == ["al-shabaab"]
        assert not mention.perpetrators

    def test_the_blamed_are_perpetrators(self, extract: Extract) -> None:
        mention = only(extract("Twelve villagers were killed near Bama on Monday by Boko Haram.")[0])
        assert [actor.name for actor in mention.perpetrators] == ["Boko Haram"]
        assert not mention.claimed_by

    def test_one_and_another_are_two(self, extract: Extract) -> None:
        text = "Drones attacked the port of Jeddah on Monday. One drone was intercepted but another hit a tank."
        mention = only(extract(text)[0])
        assert [(w.count_low, w.count_high) for w in mention.weapons if w.weapon_type == "drone"] == [(2, 2)]
        assert (mention.intercepted_low, mention.outcome) == (1, "partial")

    def test_five_are_five(self, extract: Extract) -> None:
        mention = only(extract("A rocket hit a house in Afrin on Monday and injured five people.")[0])
        assert (mention.wounded_low, mention.wounded_best, mention.wounded_high) == (5, 5, 5)

    def test_since_is_no_event(self, extract: Extract) -> None:
        mentions, tallies = extract("There have been at least 24 rocket attacks on bases in Iraq since July 1.")
        assert mentions == []
        assert [(t.count_low, t.since, t.country) for t in tallies] == [(24, date(2019, 7, 1), "IRQ")]

    def test_times_are_counted(self, extract: Extract) -> None:
        mentions, tallies = extract("Bases in Iraq have been attacked 13 times since July 1.")
        assert mentions == []
        assert [t.count_low for t in tallies] == [13]

    def test_one_here_the_other_there(self, extract: Extract) -> None:
        text = "Further strikes took place on July 8. One hit Kirkuk, while the other hit Tikrit."
        kirkuk, tikrit = extract(text)[0]
        assert (kirkuk.place_name, tikrit.place_name) == ("Kirkuk", "Tikrit")
        assert kirkuk.date_earliest == tikrit.date_earliest == date(2019, 7, 8)
        assert kirkuk.date_basis == "inherited"

    def test_a_list_of_places_is_several_incidents(self, extract: Extract) -> None:
        mentions, _ = extract("Two attacks occurred on July 8 in Kirkuk and Tikrit.")
        assert [m.place_name for m in mentions] == ["Kirkuk", "Tikrit"]
        assert len({m.mention_id for m in mentions}) == 2

    def test_the_place_is_not_where_the_rocket_came_from(self, extract: Extract) -> None:
        mention = only(extract("Rockets fired from Lebanon hit Haifa on Monday.")[0])
        assert mention.place_name == "Haifa"

    def test_no_casualties_is_zero_and_silence_is_null(self, extract: Extract) -> None:
        said = only(extract("A bomb went off in Basra on Monday. There were no casualties.")[0])
        silent = only(extract("A bomb went off in Basra on Monday.")[0])
        assert (said.killed_best, said.wounded_best) == (0, 0)
        assert (silent.killed_best, silent.wounded_best) == (None, None)

    def test_upper_case_newswire(self, extract: Extract) -> None:
        text = (
            "LIMA, 9 JUL 19 (EFE) -- [TEXT] TERRORISTS TODAY DYNAMITED A BRIDGE IN AYACUCHO.\n"
            "TWO POLICEMEN WERE KILLED."
        )
        mention = only(extract(text)[0])
        assert (mention.event_type, mention.killed_best) == ("bombing", 2)


class TestSeveralStatements:
    def test_a_weapon_named_later_names_the_type(self, extract: Extract) -> None:
        text = "Militants attacked an air base near Kirkuk on Monday. Two drones struck the base, officials said."
        assert only(extract(text)[0]).event_type == "drone_attack"

    def test_burnt_houses_belong_to_the_raid(self, extract: Extract) -> None:
        text = (
            "Gunmen raided the village of Ogossagou on Monday, killing 12 people. Almost the entire village was burnt."
        )
        mention = only(extract(text)[0])
        assert (mention.event_type, mention.killed_best) == ("armed_assault", 12)

    def test_the_same_base_is_the_one_told_before(self, extract: Extract) -> None:
        text = (
            "A drone struck Erbil International Airport on Monday. "
            "In February, a rocket attack on the same base killed a contractor."
        )
        news, old = extract(text)[0]
        assert news.place_name == old.place_name
        assert old.background

    def test_where_nobody_was_hurt_nobody_was_killed(self, extract: Extract) -> None:
        text = (
            "Guerrillas attacked a police station in Arauca on Monday. No one was killed or injured in the attack. "
            "On Monday, a sniper killed a soldier in Arauca."
        )
        station, sniper = extract(text)[0]
        assert (station.killed_best, sniper.killed_best) == (0, 1)

    def test_a_list_of_bases_is_several_incidents(self, extract: Extract) -> None:
        text = "Militants targeted Erbil, the Green Village and Conoco bases in Syria, and Ain al-Asad on Monday."
        assert len(extract(text)[0]) == 4

    def test_a_second_strike_counts_the_announced_one(self, extract: Extract) -> None:
        text = (
            "US forces conducted strikes against two missiles in Yemen on Monday. "
            "Later that day, US forces conducted a second strike in Yemen."
        )
        assert len(extract(text)[0]) == 2

    def test_a_day_told_again_corrects_an_inherited_one(self, extract: Extract) -> None:
        text = (
            "Rebels attacked a police station in Saravena on Sunday. Separately, they attacked a base in El Tarra. "
            "No one was injured in that Monday morning attack."
        )
        _, base = extract(text)[0]
        assert (base.date_earliest, base.wounded_best) == (date(2019, 7, 8), 0)

    def test_what_the_attackers_claim_to_have_killed_is_not_the_toll(self, extract: Extract) -> None:
        text = (
            "A car bomb went off at a hotel in Mogadishu on Monday, killing 15 people. "
            "Al-Shabaab claimed responsibility for the attack and said it had killed 40 people."
        )
        assert only(extract(text)[0]).killed_high == 15


class TestContext:
    @pytest.mark.parametrize(
        "later",
        [
            "The United States and Britain have carried out strikes in response.",
            "The insurgency has claimed thousands of lives since 2012.",
            "Thousands have been killed, more than two million people have fled their homes.",
            "The town has often been attacked.",
            "A bus plunged into a ravine on Sunday, killing 21 passengers.",
            "On Saturday thousands marked the anniversary of the bombing of the market, in which 48 people died.",
            "In recent days the group has launched rocket attacks on bases across the country.",
        ],
    )
    def test_what_is_only_context_adds_no_incident_and_no_toll(self, extract: Extract, later: str) -> None:
        mention = only(extract(f"Gunmen attacked a market in Kano on Monday, killing nine people. {later}")[0])
        assert (mention.killed_low, mention.killed_high) == (9, 9)

    def test_what_has_been_done_at_some_time_has_no_date(self, extract: Extract) -> None:
        text = "Gunmen attacked a market in Kano on Monday. Boko Haram has attacked a school in Chibok."
        _, school = extract(text)[0]
        assert (school.background, school.date_earliest) == (True, None)

    def test_an_unknown_village_lies_in_the_country_of_the_article(self, extract: Extract) -> None:
        mention = only(extract("In central Mali, gunmen raided the village of Kourkandalo on Monday.")[0])
        assert mention.country == "MLI"

    def test_a_ship_hit_off_a_port_is_at_sea(self, extract: Extract) -> None:
        mention = only(
            extract("A merchant vessel was hit by a missile 76 nautical miles west of Hodeidah on Monday.")[0]
        )
        assert (mention.country, mention.geo_precision) == ("XSE", "sea")

    def test_a_building_that_a_shell_destroyed_was_not_intercepted(self, extract: Extract) -> None:
        mention = only(extract("Shelling destroyed a school and a clinic in Horlivka on Monday.")[0])
        assert (mention.intercepted_low, mention.outcome) == (None, "hit")

    @pytest.mark.parametrize("sea", ["the Red Sea", "the Gulf of Aden", "the Black Sea"])
    def test_the_sea_may_be_all_that_is_named(self, extract: Extract, sea: str) -> None:
        mention = only(extract(f"Pirates attacked a tanker in {sea} on Monday.")[0])
        assert (mention.country, mention.geo_precision) == ("XSE", "sea")

    def test_the_day_of_what_is_reported_is_the_day_of_the_deed(self, extract: Extract) -> None:
        mention = only(extract("The agency reported that on Monday a base in Kirkuk was hit by rockets.")[0])
        assert mention.date_earliest == mention.date_latest == date(2019, 7, 8)


def test_the_users_own_tables_are_taken(tmp_path: Path) -> None:
    with pytest.raises(UserListError):
        RulesExtractor(places=tmp_path / "no such file.csv")


def test_who_only_died_is_no_victim(extract: Callable[..., tuple[list[Mention], list[Tally]]]) -> None:
    text = "Detainees protested. Omar Khalid Saleh, a 28-year-old who was serving a sentence, died in hospital."
    told, _ = extract(text)
    assert told == []


def test_a_group_is_not_the_forces_of_the_state_it_is_in(extract: Extract) -> None:
    text = (
        "Suspected rebels attacked a village in eastern Congo, killing a dozen civilians, the army said Monday. "
        "Fighters of the Allied Democratic Forces staged the attack on Sunday night in Masambo."
    )
    mention = only(extract(text)[0])
    assert (mention.place_name, mention.killed_low, mention.date_earliest) == ("Masambo", 12, date(2019, 7, 7))


def test_each_place_has_its_own_toll_and_its_own_drones(extract: Extract) -> None:
    mentions, _ = extract("Air strikes on Monday killed one person in Kherson and injured nine people in Kharkiv.")
    assert [(m.place_name, m.killed_low, m.wounded_low) for m in mentions] == [
        ("Kherson", 1, None),
        ("Kharkiv", None, 9),
    ]
    mentions, _ = extract("On Monday air defences shot down six drones over Voronezh and two over Kursk.")
    assert [(m.place_name, m.intercepted_low) for m in mentions] == [("Voronezh", 6), ("Kursk", 2)]
    mentions, _ = extract("Air strikes on Kherson and Kharkiv on Monday killed nine people.")
    assert [m.killed_low for m in mentions] == [9, 9]


def test_some_of_the_missiles_were_brought_down(extract: Extract) -> None:
    mention = only(
        extract("Russia fired missiles at Lviv on Monday. Air defences shot down 21 of 33 cruise missiles.")[0]
    )
    assert mention.intercepted_low == 21


def test_an_introduction_that_only_adds_up_is_no_incident(extract: Extract) -> None:
    text = (
        "Thirteen people have died in attacks in the Nigerian state of Borno.\n\n"
        "Gunmen attacked the town of Gubio on Monday, leaving 11 dead.\n\n"
        "In a separate attack on Tuesday, two people were killed in Damboa."
    )
    assert [(m.place_name, m.killed_low) for m in extract(text)[0]] == [("Gubio", 11), ("Damboa", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The attacks have disrupted trade.",
        "Troops are bombing villages in the province of Borno.",
        "Two Bolivians have been arrested.",
        "The army has executed at least 90 people in the past two years.",
        "It was the eighth suicide bombing in Turkey this year.",
        "The genocide of 70,000 people in the country served nobody.",
    ],
)
def test_what_goes_on_or_is_summed_up_is_no_incident(extract: Extract, text: str) -> None:
    assert extract(text)[0] == []


def test_what_the_army_also_said_is_of_the_same_attack(extract: Extract) -> None:
    text = "Gunmen attacked a market in Kano on Monday, killing two. The army also said there was an attack."
    assert only(extract(text)[0]).killed_low == 2


def test_a_counterstrike_is_another_incident(extract: Extract) -> None:
    text = "Rebels attacked troops in Idlib on Monday. In response, jets bombed the village of Ariha."
    assert len(extract(text)[0]) == 2


def test_what_comes_later_that_day_shares_the_day(extract: Extract) -> None:
    text = "A bomb killed 12 people in Kabul on Monday.\n\nEarlier in the day a mine went off in Kunduz, wounding two."
    assert [m.date_earliest for m in extract(text)[0]] == [date(2019, 7, 8)] * 2


def test_the_scene_set_by_a_sentence_is_the_place_of_what_follows(extract: Extract) -> None:
    text = (
        "A bomb killed two soldiers in Erbil on Monday.\n\n"
        "In Mosul on Tuesday, militants came out in numbers. Three men of a patrol were wounded in an ambush."
    )
    assert [m.place_name for m in extract(text)[0]] == ["Erbil", "Mosul"]


def test_what_is_told_in_the_meantime_is_another_deed(extract: Extract) -> None:
    text = (
        "Gunmen shot a mayor dead in Erbil on Monday.\n\n"
        "In the meantime, Mosul is in fear after an attack on the police station there."
    )
    assert [m.place_name for m in extract(text)[0]] == ["Erbil", "Mosul"]


def test_a_deed_of_this_week_is_news_while_it_is_investigated(extract: Extract) -> None:
    (mention,) = extract("Prosecutors look into Monday's attack in Mosul. Seven policemen were hurt.")[0]
    assert not mention.background
    assert mention.wounded_low == 7


def test_those_who_protect_others_may_be_hit_themselves(extract: Extract) -> None:
    (mention,) = extract("Guards on patrol to protect teachers were hit by a roadside bomb in Mosul on Monday.")[0]
    assert mention.event_type == "ied_mine"


def test_whom_the_opening_names_is_the_victim_whatever_is_told_of_them(extract: Extract) -> None:
    text = "Adaeze Obi, head of the school of the quarter of Old Mosul in which she was born, was shot by gunmen."
    (mention,) = extract(text)[0]
    assert "Adaeze Obi" in {actor.name for actor in mention.targets}


def test_those_who_carried_out_what_is_announced_did_each_part(extract: Extract) -> None:
    text = (
        "Boko Haram carried out two attacks on Monday. "
        "A raid in Maiduguri left nine dead. Another in Damaturu left three dead."
    )
    assert [{a.name for a in m.perpetrators} for m in extract(text)[0]] == [{"Boko Haram"}] * 2


def test_an_arrest_that_follows_an_attack_is_no_incident_of_its_own(extract: Extract) -> None:
    text = "Gunmen opened fire at a market in Kano on Monday, killing three people. Seven suspects were arrested."
    assert only(extract(text)[0]).event_type == "armed_assault"
    assert [m.event_type for m in extract("Police arrested seven suspects in Kano on Monday.")[0]] == ["arrest_raid"]


def test_last_weeks_attack_is_not_the_one_told_on_friday(extract: Extract) -> None:
    text = (
        "Two men were shot dead by soldiers in Jericho, the ministry said on Tuesday. "
        "The army said troops were looking for suspects in last week's shooting at a restaurant."
    )
    first = extract(text)[0][0]
    assert (first.place_name, first.date_latest) == ("Jericho", date(2019, 7, 9))


def test_news_without_a_place_plays_where_it_was_filed_unless_that_is_the_capital(extract: Extract) -> None:
    story = "A man opened fire in a synagogue on Monday, killing 11 people."
    assert only(extract("PITTSBURGH (AP) -- " + story)[0]).place_name == "Pittsburgh"
    assert only(extract("BOGOTA, Colombia (AP) -- " + story)[0]).place_name == "Colombia"


def test_a_day_earlier_is_the_day_before_it_was_told(extract: Extract) -> None:
    text = "Police said on Tuesday that a suicide bombing a day earlier killed 54 people in Khar."
    assert only(extract(text)[0]).date_earliest == date(2019, 7, 8)


def test_who_kills_himself_after_shooting_is_no_bomber(extract: Extract) -> None:
    text = "A man shot and killed 26 people in a church in Kano on Monday before killing himself."
    assert only(extract(text)[0]).event_type == "armed_assault"


def test_troops_that_kill_villagers_attack_civilians(extract: Extract) -> None:
    text = "At least 35 villagers, including women, were killed and burned by government troops in Kayah on Monday."
    assert only(extract(text)[0]).event_type == "attack_on_civilians"


def test_a_sentence_that_says_where_it_happened_places_what_was_told_before(extract: Extract) -> None:
    text = (
        "A destroyer intercepted three missiles fired by Houthi forces in Yemen on Monday, the Pentagon said. "
        "The action took place while the ship was in the northern Red Sea."
    )
    mention = only(extract(text)[0])
    assert (mention.place_name, mention.country, mention.intercepted_low) == ("Red Sea", "XSE", 3)


def test_the_raids_are_those_that_were_announced(extract: Extract) -> None:
    text = "Britain launched air strikes across Yemen on Monday. The raids hit al-Dailami air base and killed five."
    mention = only(extract(text)[0])
    assert (mention.event_type, mention.killed_low) == ("airstrike", 5)


def test_reading_leaves_nothing_to_the_collector(extractor: RulesExtractor) -> None:
    told = article(REPORT + "\n\n" + STORY, published=CLOCK)
    extractor.extract(told)  # what is kept for the next article, such as a compiled pattern, may have cycles
    gc.collect()
    assert extractor.extract(told)
    assert gc.collect() == 0


def test_days_of_the_year_are_not_the_weekday_told(extract: Extract) -> None:
    text = (
        "Five soldiers were killed in an Israeli strike on Damascus airport, state media reported on Saturday.\n\n"
        "On June 10, Israeli airstrikes on Damascus airport tore up its runways."
    )
    assert len(extract(text, None)[0]) == 2


def test_what_a_quarrel_goes_on_since_is_not_its_news(extract: Extract) -> None:
    text = (
        "Since October 7, when Hamas attacked southern Israel, the neighbours have traded fire.\n\n"
        "Rockets were launched on a base at Metula in northern Israel."
    )
    since, news = extract(text, date(2024, 5, 13))[0]
    assert (since.date_earliest, since.background) == (date(2023, 10, 7), True)
    assert (news.event_type, news.background) == ("rocket_missile_mortar", False)


def test_drones_are_told_apart_from_the_rockets_at_the_same_town(extract: Extract) -> None:
    text = (
        "A rocket attack hit a base at Metula in northern Israel on Monday. An attack on Metula with "
        "explosive drones was also claimed by Hezbollah, and three people were hurt."
    )
    assert [mention.event_type for mention in extract(text)[0]] == ["rocket_missile_mortar", "drone_attack"]


def test_missiles_against_ships_make_no_attack_on_a_ship(extract: Extract) -> None:
    (mention,) = extract("US forces conducted a strike on two anti-ship missiles in Yemen on Friday.")[0]
    assert mention.event_type == "airstrike"
