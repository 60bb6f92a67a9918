"""Meetings of many kinds, as agencies, ministries and newspapers of the world report them.

Each case is a text of our own with invented persons, published on Thursday, 5 March 2020, and what
is to be read in it: kind, status, day (or month, or year), country of the place, participants. And
texts with the same words that tell of no meeting.
"""

from __future__ import annotations

import pytest

from tests.test_meetings import names, read
from transforms.meeting_rows import MeetingRows

_WIDTHS = {"day": 10, "month": 7, "year": 4}
Case = tuple[str, list[tuple[str, str, str | None, str | None, list[str]]]]


def found(rows: MeetingRows) -> list[tuple[str, str, str | None, str | None, list[str]]]:
    """What a case lists, of the meetings that were found."""
    return [
        (
            m.kind,
            m.status,
            day(m.date_start, m.date_precision),
            m.place_country,
            names(rows, number),
        )
        for number, m in enumerate(rows.meetings)
    ]


def day(start: object, precision: str | None) -> str | None:
    """A date as far as its precision goes."""
    return str(start)[: _WIDTHS[precision]] if start and precision else None


MET: list[Case] = [
    (
        "Minister Ngo Lam met Australian Minister Linda Rey in the framework of the ASEAN Foreign "
        "Ministers' Meeting.",
        [("meeting", "held", None, None, ["Linda Rey", "Ngo Lam"])],
    ),
    (
        "On Wednesday, the minister travelled to Oslo to meet her Danish counterpart "
        "Jean Duval and take up discussions of last March.",
        [("meeting", "held", "2020-03-04", "NOR", ["Jean Duval", "the minister"])],
    ),
    (
        "President Haruto “Haru” Brown met French President Jean Duval on Monday.",
        [("meeting", "held", "2020-03-02", None, ["Haruto “Haru” Brown", "Jean Duval"])],
    ),
    (
        "The President of Norway, H.E. Anna Lind, held a bilateral meeting, on the margins of the "
        "summit, with H.E. Ali Karimi, President of Iran.",
        [("meeting", "held", None, None, ["Ali Karimi", "Anna Lind"])],
    ),
    (
        "President Musa Baltaji this morning received Tesfa Wolde, Minister of Foreign Affairs of "
        "Ethiopia.",
        [("meeting", "held", "2020-03-05", None, ["Musa Baltaji", "Tesfa Wolde"])],
    ),
    (
        "President Anna Lind that evening met Prime Minister Tesfa Wolde of Ethiopia.",
        [("meeting", "held", None, None, ["Anna Lind", "Tesfa Wolde"])],
    ),
    (
        "Anna Lind, Minister of Foreign Affairs, took a phone call from the foreign minister of "
        "Iran on Thursday.",
        [("phone_call", "held", "2020-03-05", None, ["Anna Lind", "the foreign minister of Iran"])],
    ),
    (
        "Lind made the remark while meeting Ethiopian President Tesfa Wolde in Pretoria.",
        [("meeting", "held", None, "ZAF", ["Lind", "Tesfa Wolde"])],
    ),
    (
        "Mexican Minister Luis Ortega met with several Cabinet officials, including Treasury "
        "Secretary Paul Hartwell; Labor Secretary Jane Orlov; and Energy Secretary Ivan Brown.",
        [
            (
                "meeting",
                "held",
                None,
                None,
                ["Ivan Brown", "Jane Orlov", "Luis Ortega", "Paul Hartwell"],
            )
        ],
    ),
    (
        "Norwegian Foreign Minister Anna Lind and three of her African counterparts have joined "
        "talks in Vienna.",
        [("meeting", "held", None, "AUT", ["Anna Lind", "three of her African counterparts"])],
    ),
    (
        "Crown Prince Mohammed Al Sabah on Sunday received at his office a delegation from "
        "the U.S. Congress led by Senator John Ward.",
        [("meeting", "held", "2020-03-01", None, ["John Ward", "Mohammed Al Sabah"])],
    ),
    (
        "Foreign Minister Anna Virta had a meeting with EU High Representative Josep Marti in"
        " Brussels on 3 March 2020.",
        [("meeting", "held", "2020-03-03", "BEL", ["Anna Virta", "Josep Marti"])],
    ),
    (
        "Kazakh President Kassym Akhmetov held talks with Hungarian Prime Minister Viktor "
        "Nagy, who is on an official visit to Kazakhstan.",
        [("meeting", "held", None, "KAZ", ["Kassym Akhmetov", "Viktor Nagy"])],
    ),
    (
        "The foreign ministers of Armenia and Azerbaijan met in Geneva on January 30.",
        [
            (
                "meeting",
                "held",
                "2020-01-30",
                "CHE",
                ["foreign minister of Armenia", "foreign minister of Azerbaijan"],
            )
        ],
    ),
    (
        "The leaders of Germany, France, Russia and Ukraine will meet in Paris on Monday for "
        "a summit.",
        [
            (
                "multilateral",
                "planned",
                "2020-03-09",
                "FRA",
                ["leader of France", "leader of Germany", "leader of Russia", "leader of Ukraine"],
            )
        ],
    ),
    (
        "A delegation of the International Monetary Fund met with Finance Minister Reza Karim"
        " in Dhaka.",
        [
            (
                "meeting",
                "held",
                None,
                "BGD",
                ["Reza Karim", "delegation of the International Monetary Fund"],
            )
        ],
    ),
    (
        "Talks between Sudan and Ethiopia over the dam collapsed on Tuesday.",
        [("meeting", "held", "2020-03-03", None, ["Ethiopia", "Sudan"])],
    ),
    (
        "Prime Minister Peter Lund cancelled a planned visit to Warsaw, where he was to hold "
        "talks with President Andrzej Nowak.",
        [("meeting", "cancelled", None, "POL", ["Andrzej Nowak", "Peter Lund"])],
    ),
    (
        "President John Harlan called off a summit with President Peter Lund scheduled for "
        "March 12.",
        [("meeting", "cancelled", "2020-03-12", None, ["John Harlan", "Peter Lund"])],
    ),
    (
        "Foreign Minister John Harlan paid a courtesy call on President Peter Lund on Monday.",
        [("meeting", "held", "2020-03-02", None, ["John Harlan", "Peter Lund"])],
    ),
    (
        "Ambassador John Harlan called on Foreign Minister Peter Lund at the ministry on Monday.",
        [("meeting", "held", "2020-03-02", None, ["John Harlan", "Peter Lund"])],
    ),
    (
        "President John Harlan and Prime Minister Peter Lund have agreed to hold talks next week.",
        [("meeting", "planned", "2020-03", None, ["John Harlan", "Peter Lund"])],
    ),
    (
        "President John Harlan is due to travel to Berlin on Tuesday to meet Chancellor Anna "
        "Weber.",
        [("meeting", "planned", "2020-03-10", "DEU", ["Anna Weber", "John Harlan"])],
    ),
    (
        "During his visit to Berlin, Foreign Minister Peter Lund will hold talks with his "
        "German counterpart Anna Weber.",
        [("meeting", "planned", None, "DEU", ["Anna Weber", "Peter Lund"])],
    ),
    (
        "NATO Secretary General Jens Berg met with the President of Georgia, Salome Kiknadze,"
        " at NATO Headquarters on Thursday (5 March 2020).",
        [("meeting", "held", "2020-03-05", "INT", ["Jens Berg", "Salome Kiknadze"])],
    ),
    (
        "Prime Minister Boris Hale spoke to President Emmanuel Laurent this evening.\n\nThe "
        "Prime Minister and President Laurent agreed on the need for calm.",
        [("phone_call", "held", "2020-03-05", None, ["Boris Hale", "Emmanuel Laurent"])],
    ),
    (
        "Prime Minister Boris Hale met the Chancellor of Germany Anna Weber in Downing Street"
        " today.",
        [("meeting", "held", "2020-03-05", "GBR", ["Anna Weber", "Boris Hale"])],
    ),
    (
        "South Korean President Moon Ji-ho and Japanese Prime Minister Abe Kenji held a "
        "summit in Chengdu, China, on Tuesday.",
        [("meeting", "held", "2020-03-03", "CHN", ["Abe Kenji", "Moon Ji-ho"])],
    ),
    (
        "Foreign ministers from the Group of Seven nations will hold a video conference on "
        "Wednesday.",
        [
            (
                "video_call",
                "planned",
                "2020-03-11",
                None,
                ["Foreign ministers from the Group of Seven nations"],
            )
        ],
    ),
    (
        "EU and UK negotiators will resume talks in London next week.",
        [("meeting", "planned", "2020-03", "GBR", ["EU", "UK negotiators"])],
    ),
    (
        "U.S. and Taliban negotiators held a seventh round of talks in Doha on Saturday.",
        [("meeting", "held", "2020-02-29", "QAT", ["Taliban negotiators", "U.S."])],
    ),
    (
        "Taliban representatives met with U.S. envoy Zalmay Karzai in Doha, a Taliban "
        "spokesman said.",
        [("meeting", "held", None, "QAT", ["Taliban representatives", "Zalmay Karzai"])],
    ),
    (
        "The Prime Minister of Vietnam, Nguyen Xuan Thinh, received here today Mr. John Ward,"
        " CEO of Exxon.",
        [("meeting", "held", "2020-03-05", None, ["John Ward", "Nguyen Xuan Thinh"])],
    ),
    (
        "Pope Francis received in audience the President of Lebanon, Michel Khoury, on Monday.",
        [("meeting", "held", "2020-03-02", None, ["Francis", "Michel Khoury"])],
    ),
    (
        "The President of the Republic, Sergio Conti, received at the Quirinale Palace the "
        "Minister of Foreign Affairs of Libya, Mohamed Sayeh.",
        [("meeting", "held", None, "ITA", ["Mohamed Sayeh", "Sergio Conti"])],
    ),
    (
        "Indian External Affairs Minister S. Jaishan co-chaired the 5th Joint Commission "
        "Meeting with his Maldivian counterpart Abdulla Rasheed in New Delhi.",
        [("meeting", "held", None, "IND", ["Abdulla Rasheed", "S. Jaishan"])],
    ),
    (
        "Norwegian diplomats mediated talks between the government of Colombia and the rebels"
        " in Oslo in 2012.",
        [("meeting", "held", "2012", "NOR", ["Norwegian diplomats", "government"])],
    ),
    (
        "Chancellor Anna Weber briefed President John Harlan by telephone on her trip to Moscow.",
        [("phone_call", "held", None, None, ["Anna Weber", "John Harlan"])],
    ),
    (
        "President Olsen phoned President Sokolov on Tuesday to discuss oil prices.",
        [("phone_call", "held", "2020-03-03", None, ["Olsen", "Sokolov"])],
    ),
    (
        "In a phone call with President Sokolov on Tuesday, President Olsen raised the case.",
        [("phone_call", "held", "2020-03-03", None, ["Olsen", "Sokolov"])],
    ),
    (
        "President Sokolov and President Olsen last met in Osaka in June 2019.",
        [("meeting", "held", "2019-06", "JPN", ["Olsen", "Sokolov"])],
    ),
    (
        "It was the first meeting between President Sokolov and President Olsen since their "
        "Helsinki summit in July 2018.",
        [
            ("meeting", "held", None, None, ["Olsen", "Sokolov"]),
            ("meeting", "held", "2018-07", "FIN", ["Olsen", "Sokolov"]),
        ],
    ),
    (
        "Vice President Mike Hale was visiting Ankara, where he met President Kemal Yilmaz.",
        [("meeting", "held", None, "TUR", ["Kemal Yilmaz", "Mike Hale"])],
    ),
    (
        "After talks with Foreign Minister Anna Virta in Helsinki, Foreign Minister Peter "
        "Lund told reporters that ties were good.",
        [("meeting", "held", None, "FIN", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Speaking after a meeting with Prime Minister Anna Virta, President Peter Lund said "
        "ties were good.",
        [("meeting", "held", None, None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "President Peter Lund, speaking alongside Prime Minister Anna Virta after their talks"
        " in Oslo, said ties were good.",
        [("meeting", "held", None, "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Minister Peter Lund is on a two-day visit to Moscow at the invitation of his"
        " Russian counterpart Sergey Morozov.",
        [("visit", "ongoing", None, "RUS", ["Peter Lund", "Sergey Morozov"])],
    ),
    (
        "Talks were held between Foreign Minister Peter Lund and Foreign Minister Anna Virta "
        "in Oslo.",
        [("meeting", "held", None, "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "A meeting was held on Tuesday between Foreign Minister Peter Lund and Foreign "
        "Minister Anna Virta.",
        [("meeting", "held", "2020-03-03", None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "A meeting between Foreign Minister Peter Lund and Foreign Minister Anna Virta took "
        "place in Oslo on 2 March.",
        [("meeting", "held", "2020-03-02", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "On 2 March, a meeting took place in Oslo between Foreign Minister Peter Lund and "
        "Foreign Minister Anna Virta.",
        [("meeting", "held", "2020-03-02", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Minister Peter Lund and Foreign Minister Anna Virta, meeting in Oslo on "
        "Monday, agreed to reopen the border.",
        [("meeting", "held", "2020-03-02", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Minister Peter Lund was meeting Foreign Minister Anna Virta in Oslo on Thursday.",
        [("meeting", "ongoing", "2020-03-05", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Minister Peter Lund flew to Oslo on Monday for talks with Foreign Minister "
        "Anna Virta.",
        [("meeting", "held", "2020-03-02", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Minister Peter Lund arrived in Oslo on Thursday for talks with Foreign "
        "Minister Anna Virta.",
        [("meeting", "held", "2020-03-05", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "The call came a day after President Olsen spoke with Chancellor Anna Weber.",
        [("phone_call", "held", None, None, ["Anna Weber", "Olsen"])],
    ),
    (
        "Foreign Minister Peter Lund met separately with Foreign Minister Anna Virta and "
        "Defense Minister Olaf Brandt.",
        [
            ("meeting", "held", None, None, ["Anna Virta", "Peter Lund"]),
            ("meeting", "held", None, None, ["Olaf Brandt", "Peter Lund"]),
        ],
    ),
    (
        "Acting Foreign Minister Peter Lund had a working breakfast with ambassadors of EU "
        "member states in Oslo.",
        [("meeting", "held", None, "NOR", ["Peter Lund", "ambassadors of EU"])],
    ),
    (
        "The Armenian prime minister and the Azerbaijani president held a trilateral meeting "
        "with European Council President Charles Michaux in Brussels.",
        [
            (
                "multilateral",
                "held",
                None,
                "BEL",
                ["Charles Michaux", "The Armenian prime minister", "the Azerbaijani president"],
            )
        ],
    ),
    (
        "ASTANA. KAZINFORM - Kazakh Foreign Minister Mukhtar Akhmetov met with Ambassador of "
        "Japan to Kazakhstan Tatsuhiko Mori, the press service of the Kazakh MFA informs.\n\nThe"
        " parties discussed the current state of bilateral relations.",
        [("meeting", "held", None, None, ["Mukhtar Akhmetov", "Tatsuhiko Mori"])],
    ),
    (
        "Minister of Foreign Affairs Gabriel Lopez met in Vilnius on 4 March with the "
        "Minister of Foreign Affairs of Estonia, Urmas Kask.",
        [("meeting", "held", "2020-03-04", "LTU", ["Gabriel Lopez", "Urmas Kask"])],
    ),
    (
        "On the sidelines of the Munich Security Conference, Minister Gabriel Lopez held "
        "bilateral meetings with US Secretary of State Anthony Blake and Ukrainian Foreign "
        "Minister Dmytro Koval.",
        [
            ("meeting", "held", None, None, ["Anthony Blake", "Gabriel Lopez"]),
            ("meeting", "held", None, None, ["Dmytro Koval", "Gabriel Lopez"]),
        ],
    ),
    (
        "President Volodymyr Koval and Prime Minister Justin Tremblay discussed defence "
        "cooperation during a telephone conversation.",
        [("phone_call", "held", None, None, ["Justin Tremblay", "Volodymyr Koval"])],
    ),
    (
        "During a phone call on March 3, President Volodymyr Koval informed Prime Minister "
        "Justin Tremblay about the situation at the front.",
        [("phone_call", "held", "2020-03-03", None, ["Justin Tremblay", "Volodymyr Koval"])],
    ),
    (
        "Chinese President Xi Wenbo on Tuesday held talks via video link with German "
        "Chancellor Anna Weber.",
        [("video_call", "held", "2020-03-03", None, ["Anna Weber", "Xi Wenbo"])],
    ),
    (
        "Chinese Premier Li Jun met with visiting Pakistani Prime Minister Imran Shah in "
        "Beijing on Thursday.",
        [("meeting", "held", "2020-03-05", "CHN", ["Imran Shah", "Li Jun"])],
    ),
    (
        "Visiting Pakistani Prime Minister Imran Shah called on Chinese President Xi Wenbo at"
        " the Great Hall of the People on Thursday.",
        [("meeting", "held", "2020-03-05", "CHN", ["Imran Shah", "Xi Wenbo"])],
    ),
    (
        "High Commissioner of India to Ghana Sugandh Rao paid a farewell call on Vice "
        "President Mahama Bawa at Jubilee House.",
        [("meeting", "held", None, None, ["Mahama Bawa", "Sugandh Rao"])],
    ),
    (
        "A high-level delegation from Qatar, led by Foreign Minister Mohammed Al Saadi, "
        "arrived in Kabul on Sunday and met with Taliban leaders.",
        [("meeting", "held", "2020-03-01", "AFG", ["Mohammed Al Saadi", "Taliban leaders"])],
    ),
    (
        "The two foreign ministers, Sergey Morozov and Hakan Demir, met in Antalya.",
        [("meeting", "held", None, "TUR", ["Hakan Demir", "Sergey Morozov"])],
    ),
    (
        "Russian and Ukrainian negotiators met in Istanbul on Tuesday for the latest round of"
        " peace talks.",
        [
            (
                "meeting",
                "held",
                "2020-03-03",
                "TUR",
                ["Russian negotiators", "Ukrainian negotiators"],
            )
        ],
    ),
    (
        "Peace talks between Russia and Ukraine resumed in Istanbul on Tuesday.",
        [("meeting", "held", "2020-03-03", "TUR", ["Russia", "Ukraine"])],
    ),
    (
        "Israel and Hamas are holding indirect talks in Cairo.",
        [("meeting", "ongoing", None, "EGY", ["Hamas", "Israel"])],
    ),
    (
        "Indirect talks between Israel and Hamas are under way in Cairo, an Egyptian official"
        " said.",
        [("meeting", "ongoing", None, "EGY", ["Hamas", "Israel"])],
    ),
    (
        "Olsen is set to hold a second summit with North Korean leader Kim Dae-jin in Hanoi "
        "on March 27-28. President Barry Olsen said so.",
        [("meeting", "planned", "2020-03-27", "VNM", ["Barry Olsen", "Kim Dae-jin"])],
    ),
    (
        "President Barry Olsen will host Japanese Prime Minister Abe Kenji at the White House"
        " next Wednesday.",
        [("meeting", "planned", "2020-03-11", "USA", ["Abe Kenji", "Barry Olsen"])],
    ),
    (
        "French President Emmanuel Laurent welcomed Chancellor Anna Weber at the Elysee "
        "Palace on Sunday evening.",
        [("meeting", "held", "2020-03-01", "FRA", ["Anna Weber", "Emmanuel Laurent"])],
    ),
    (
        "The leaders of Turkey, Russia and Iran met in Ankara on Monday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-02",
                "TUR",
                ["leader of Iran", "leader of Russia", "leader of Turkey"],
            )
        ],
    ),
    (
        "G7 foreign ministers will meet in Munich on Saturday.",
        [("multilateral", "planned", "2020-03-07", "DEU", ["G7 foreign ministers"])],
    ),
    (
        "EU leaders gathered in Brussels on Thursday for a two-day summit.",
        [("multilateral", "held", "2020-03-05", "BEL", ["EU leaders"])],
    ),
    (
        "The prime ministers of Finland and Sweden, Sanna Koski and Ulf Berg, met in Stockholm.",
        [("meeting", "held", None, "SWE", ["Sanna Koski", "Ulf Berg"])],
    ),
    (
        "Presidents Emmanuel Laurent of France and Xi Wenbo of China spoke by phone on Tuesday.",
        [("phone_call", "held", "2020-03-03", None, ["Emmanuel Laurent", "Xi Wenbo"])],
    ),
    (
        "Foreign Minister Peter Lund thanked Ambassador Anna Virta for the cooperation at a "
        "meeting in Oslo on Monday.",
        [("meeting", "held", "2020-03-02", "NOR", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "At a meeting with Ambassador Anna Virta, Foreign Minister Peter Lund stressed the "
        "need for peace.",
        [("meeting", "held", None, None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "“We will not give up,” Foreign Minister Peter Lund told German Chancellor Anna Weber"
        " at their meeting in Berlin.",
        [("meeting", "held", None, "DEU", ["Anna Weber", "Peter Lund"])],
    ),
    (
        "This was discussed at the meeting of Foreign Minister Peter Lund with the Ambassador"
        " of Finland Anna Virta.",
        [("meeting", "held", None, None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "This was announced by Foreign Minister Peter Lund at a meeting with the Ambassador "
        "of Finland Anna Virta.",
        [("meeting", "held", None, None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Minister Peter Lund's meeting with Ambassador Anna Virta took place on Monday.",
        [("meeting", "held", "2020-03-02", None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "A planned meeting between President Barry Olsen and President Vladimir Sokolov in "
        "Argentina was cancelled.",
        [("meeting", "cancelled", None, "ARG", ["Barry Olsen", "Vladimir Sokolov"])],
    ),
    (
        "President Barry Olsen abruptly cancelled a meeting with President Vladimir Sokolov "
        "planned for Saturday.",
        [("meeting", "cancelled", "2020-03-07", None, ["Barry Olsen", "Vladimir Sokolov"])],
    ),
    (
        "The summit between President Olsen and President Sokolov will take place in Helsinki"
        " on July 16.",
        [("meeting", "planned", "2020-07-16", "FIN", ["Olsen", "Sokolov"])],
    ),
    (
        "The Kremlin said President Vladimir Sokolov would meet Prime Minister Shinji Abe in "
        "Vladivostok on Thursday.",
        [("meeting", "planned", "2020-03-05", "RUS", ["Shinji Abe", "Vladimir Sokolov"])],
    ),
    (
        "President Vladimir Sokolov is scheduled to hold talks with Prime Minister Shinji Abe"
        " later this month.",
        [("meeting", "planned", "2020-03", None, ["Shinji Abe", "Vladimir Sokolov"])],
    ),
    (
        "Secretary of State Anthony Blake met Saturday with Foreign Minister Wang Jun in "
        "Bali, where both attended a G20 meeting.",
        [("meeting", "held", "2020-02-29", "IDN", ["Anthony Blake", "Wang Jun"])],
    ),
    (
        "IAEA Director General Rafael Cruz met Iran's nuclear chief Mohammad Eslam in Tehran "
        "on Saturday.",
        [("meeting", "held", "2020-02-29", "IRN", ["Mohammad Eslam", "Rafael Cruz"])],
    ),
    (
        "UN Secretary-General Antonio Costa met separately with the Greek Cypriot leader "
        "Nikos Christou and the Turkish Cypriot leader Ersin Aslan in New York.",
        [
            ("meeting", "held", None, "USA", ["Antonio Costa", "Nikos Christou"]),
            ("meeting", "held", None, "USA", ["Antonio Costa", "Ersin Aslan"]),
        ],
    ),
    (
        "World Bank President David Marsh met Finance Minister Reza Karim.",
        [("meeting", "held", None, None, ["David Marsh", "Reza Karim"])],
    ),
    (
        "An IMF team held talks with Sri Lankan officials in Colombo.",
        [("meeting", "held", None, "LKA", ["IMF team", "Sri Lankan officials"])],
    ),
    (
        "Microsoft chief executive Sam Reed met Prime Minister Imran Shah in Islamabad.",
        [("meeting", "held", None, "PAK", ["Imran Shah", "Sam Reed"])],
    ),
    (
        "Foreign Ministers Anna Virta and Peter Lund met in Tallinn on Monday to discuss the war.",
        [("meeting", "held", "2020-03-02", "EST", ["Anna Virta", "Peter Lund"])],
    ),
    (
        "The meeting was attended by Foreign Minister Peter Lund and Ambassador Anna Virta.",
        [("meeting", "held", None, None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "King Abdullah II on Wednesday discussed bilateral ties with German Defence Minister "
        "Boris Stein during a meeting at Al Husseiniya Palace.",
        [("meeting", "held", "2020-03-04", None, ["Abdullah II", "Boris Stein"])],
    ),
    (
        "His Majesty King Hamad received at Sakhir Palace today the US Ambassador to Bahrain,"
        " Steven Bond.",
        [("meeting", "held", "2020-03-05", None, ["Hamad", "Steven Bond"])],
    ),
    (
        "External Affairs Minister S. Jaishan held a telephonic conversation with UAE Foreign"
        " Minister Abdullah bin Zayed on Wednesday.",
        [("phone_call", "held", "2020-03-04", None, ["Abdullah bin Zayed", "S. Jaishan"])],
    ),
    (
        "Iranian Foreign Minister Hossein Rahimi held separate phone talks with his "
        "counterparts of Oman and Qatar on Monday.",
        [
            ("phone_call", "held", "2020-03-02", None, ["Hossein Rahimi", "counterpart of Oman"]),
            ("phone_call", "held", "2020-03-02", None, ["Hossein Rahimi", "counterpart of Qatar"]),
        ],
    ),
    (
        "In a meeting with Iraqi President Barham Hassan in Tehran on Saturday, Ayatollah Ali"
        " Karimi said ties must deepen.",
        [("meeting", "held", "2020-02-29", "IRN", ["Ali Karimi", "Barham Hassan"])],
    ),
    (
        "Talks in Geneva between Syrian government and opposition delegations ended on Friday"
        " without progress.",
        [("meeting", "held", "2020-02-28", "CHE", ["Syrian government", "opposition delegations"])],
    ),
    (
        "The fifth round of talks between Iran and the United States will be held in Rome on "
        "Friday.",
        [("meeting", "planned", "2020-03-06", "ITA", ["Iran", "United States"])],
    ),
    (
        "Delegations from Kosovo and Serbia met in Brussels on Thursday under EU mediation.",
        [("meeting", "held", "2020-03-05", "BEL", ["Kosovo", "Serbia"])],
    ),
    (
        "Kosovo Prime Minister Albin Gashi and Serbian President Aleksandar Vulin are to meet"
        " in Brussels next week.",
        [("meeting", "planned", "2020-03", "BEL", ["Albin Gashi", "Aleksandar Vulin"])],
    ),
    (
        "Greek Prime Minister Kyriakos Pappas is to hold talks with Turkish President Kemal "
        "Yilmaz on the sidelines of a NATO summit in London on Dec. 4.",
        [("meeting", "planned", "2020-12-04", "GBR", ["Kemal Yilmaz", "Kyriakos Pappas"])],
    ),
    (
        "The White House announced that President Barton will host President Ruto Kamau of "
        "Kenya for a state visit on May 23.",
        [("meeting", "planned", "2020-05-23", None, ["Barton", "Ruto Kamau"])],
    ),
    (
        "Chinese Foreign Minister Wang Jun wrapped up a two-day visit to New Delhi after "
        "talks with Indian National Security Adviser Ajit Rao.",
        [("meeting", "held", None, "IND", ["Ajit Rao", "Wang Jun"])],
    ),
    (
        "Prime Minister Peter Lund, who is in Berlin for a conference, met Chancellor Anna "
        "Weber on the sidelines.",
        [("meeting", "held", None, "DEU", ["Anna Weber", "Peter Lund"])],
    ),
    (
        "On Tuesday evening, Chancellor Anna Weber received the Prime Minister of Norway, "
        "Peter Lund, for a working dinner.",
        [("meeting", "held", "2020-03-03", None, ["Anna Weber", "Peter Lund"])],
    ),
    (
        "Chancellor Anna Weber and Prime Minister Peter Lund had a working dinner in Berlin.",
        [("meeting", "held", None, "DEU", ["Anna Weber", "Peter Lund"])],
    ),
    (
        "Thai Prime Minister Prayut Chan meets US Defence Secretary Mark Hill in Bangkok.",
        [("meeting", "held", None, "THA", ["Mark Hill", "Prayut Chan"])],
    ),
    (
        "At talks in Minsk, Russian President Vladimir Sokolov and Belarusian President "
        "Alexander Lukin agreed to deepen integration.",
        [("meeting", "held", None, "BLR", ["Alexander Lukin", "Vladimir Sokolov"])],
    ),
    (
        "Russian President Vladimir Sokolov and Belarusian President Alexander Lukin agreed "
        "at talks in Minsk on Monday to deepen integration.",
        [("meeting", "held", "2020-03-02", "BLR", ["Alexander Lukin", "Vladimir Sokolov"])],
    ),
    (
        "Deputy Minister Peter Lund conferred with Ambassador Anna Virta on Monday.",
        [("meeting", "held", "2020-03-02", None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "A trilateral summit of the leaders of Egypt, Jordan and Iraq was held in Baghdad on "
        "Sunday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-01",
                "IRQ",
                ["leader of Egypt", "leader of Iraq", "leader of Jordan"],
            )
        ],
    ),
    (
        "The presidents of Egypt, Jordan and Iraq held a trilateral summit in Baghdad on Sunday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-01",
                "IRQ",
                ["president of Egypt", "president of Iraq", "president of Jordan"],
            )
        ],
    ),
    (
        "ECOWAS leaders met in Accra on Saturday to discuss Mali.",
        [("multilateral", "held", "2020-02-29", "GHA", ["ECOWAS leaders"])],
    ),
    (
        "ECOWAS mediators met Mali's junta leader, Colonel Assimi Keita, in Bamako on Sunday.",
        [("meeting", "held", "2020-03-01", "MLI", ["Assimi Keita", "ECOWAS mediators"])],
    ),
    (
        "The African Union's special envoy Olusegun Bello met Tigrayan leaders in Mekelle.",
        [("meeting", "held", None, "ETH", ["Olusegun Bello", "Tigrayan leaders"])],
    ),
    (
        "Brazilian President Luiz Souza called Argentine President Alberto Perez on Monday to"
        " discuss the dispute.",
        [("phone_call", "held", "2020-03-02", None, ["Alberto Perez", "Luiz Souza"])],
    ),
    (
        "Mexico's foreign minister Marcelo Ruiz said he had spoken with Secretary of State "
        "Anthony Blake about migration.",
        [("phone_call", "held", None, None, ["Anthony Blake", "Marcelo Ruiz"])],
    ),
    (
        "Peter Lund met with officials from the World Bank and the IMF in Washington.",
        [("meeting", "held", None, "USA", ["IMF", "Peter Lund", "officials from the World Bank"])],
    ),
    (
        "Union leaders met Prime Minister Peter Lund on Monday to avert a strike.",
        [("meeting", "held", "2020-03-02", None, ["Peter Lund", "Union leaders"])],
    ),
    (
        "Turkey's foreign minister will visit Cairo on Saturday to meet his Egyptian "
        "counterpart, Cairo's foreign ministry said.",
        [
            (
                "meeting",
                "planned",
                "2020-03-07",
                "EGY",
                ["Turkey's foreign minister", "his Egyptian counterpart"],
            )
        ],
    ),
    (
        "A U.S. congressional delegation headed by Senator John Ward met on Monday with "
        "President Tsai Mei-ling.",
        [("meeting", "held", "2020-03-02", None, ["John Ward", "Tsai Mei-ling"])],
    ),
    (
        "Armenian and Azerbaijani officials will meet in Washington in early May.",
        [("meeting", "planned", "2020-05", "USA", ["Armenian officials", "Azerbaijani officials"])],
    ),
    (
        "Foreign Minister Peter Lund postponed his trip to Kyiv, where he had planned to meet"
        " President Volodymyr Koval.",
        [("meeting", "cancelled", None, "UKR", ["Peter Lund", "Volodymyr Koval"])],
    ),
    (
        "The summit between President Olsen and Chairman Kim Dae-jin scheduled for June 12 in"
        " Singapore has been called off.",
        [("meeting", "cancelled", "2020-06-12", "SGP", ["Kim Dae-jin", "Olsen"])],
    ),
    (
        "Foreign Minister Peter Lund met virtually with Foreign Minister Anna Virta on Monday.",
        [("video_call", "held", "2020-03-02", None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Foreign Ministers Peter Lund and Anna Virta held an online meeting on Monday.",
        [("video_call", "held", "2020-03-02", None, ["Anna Virta", "Peter Lund"])],
    ),
    (
        "Finance Minister Peter Lund attended the meeting of G20 finance ministers and "
        "central bank governors in Riyadh on February 22.",
        [
            (
                "multilateral",
                "held",
                "2020-02-22",
                "SAU",
                ["G20 finance ministers", "Peter Lund", "central bank governors"],
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "meetings"), MET)
def test_meetings_of_a_text(
    text: str, meetings: list[tuple[str, str, str | None, str | None, list[str]]]
) -> None:
    """All meetings of the text and nothing else."""
    rows, _ = read(text)
    assert found(rows) == meetings


QUIET = [
    "Norway seeks a truce that would pave the way for negotiations between Iran and Iraq.",
    "Norway hails a step towards relaunching negotiations between Iran and Iraq.",
    "President Anna Lind said so in a chat with Kanal Television in Oslo on Monday.",
    "President Anna Lind held talks, in which she praised the deal with President Ali Karimi.",
    "President Anna Lind met supporters, including the actor Paul Hartwell.",
    "Anna Lind, the foreign minister, spoke on Thursday as the foreign minister of Norway.",
    "Lind sang while meeting fans, and President Tesfa Wolde watched.",
    "The invitation, which was received by President Anna Lind, praised President Tesfa Wolde.",
    "President John Harlan called on Prime Minister Peter Lund to resign.",
    "President John Harlan urged Prime Minister Peter Lund to meet King Olaf Brandt.",
    "President John Harlan invited Prime Minister Peter Lund to visit Oslo.",
    "Liverpool meet Arsenal at Anfield on Saturday.",
    "The company will meet demand in Norway, President John Harlan said.",
    "The bill has been met with opposition from Senator John Harlan.",
    "Norway met its obligations to Finland.",
    "The ministers of Norway and Finland meet every month.",
    "President John Harlan said he was ready to meet President Peter Lund.",
    "President John Harlan said he would be happy to meet President Peter Lund.",
    "If President John Harlan meets President Peter Lund, peace is near.",
    "President John Harlan has never met President Peter Lund.",
    "President John Harlan denied that he had met President Peter Lund.",
    "There are no plans for a meeting between President John Harlan and President Peter Lund.",
    "President John Harlan hopes to meet President Peter Lund.",
    "President John Harlan chaired a meeting of the cabinet on Monday.",
    "President John Harlan chaired a meeting of the Security Council of Norway.",
    "President John Harlan held a meeting with his ministers on Monday.",
    "Minister John Harlan met with students in Oslo.",
    "The two sides should hold talks, President John Harlan said.",
    "Mr Harlan, a lawyer, met his wife in Oslo.",
    "Sources said President Olsen may meet President Sokolov in April.",
    "President Olsen said he had invited President Sokolov to Washington.",
    "Foreign Minister Peter Lund attended a press conference with Foreign Minister Anna Virta.",
    "Foreign Minister Peter Lund wrote a letter to Foreign Minister Anna Virta ahead of a"
    " court hearing.",
    "Manchester United host Chelsea in the league on Sunday, coach Peter Lund said.",
    "Shares rose after the board meeting of the bank on Tuesday.",
    "The Fed holds its policy meeting next week.",
    "President Harlan met with cheers in Oslo.",
    "Envoy Peter Lund failed to meet Foreign Minister Anna Virta's deadline.",
    "Police met protesters outside parliament.",
    "Foreign Minister Peter Lund met all the conditions of the agreement with Finland.",
    "The two countries established diplomatic relations in 1992, and the ministers "
    "regularly hold talks with each other.",
    "Foreign Minister Peter Lund called for talks between Russia and Ukraine.",
    "Peter Lund offered to host talks between Russia and Ukraine.",
    "No date has been set for talks between Russia and Ukraine.",
    "Russia ruled out talks with Ukraine.",
    "Prospects for a meeting between President Olsen and President Sokolov are dim.",
    "President Olsen received a letter from President Sokolov.",
    "President Olsen congratulated President Sokolov on his election.",
    "President Olsen sent condolences to President Sokolov.",
    "Norway will host the World Cup.",
    "Norway will play Denmark in Oslo on Sunday.",
    "The Norwegian parliament held a session on Tuesday.",
    "The UN Security Council held a meeting on Tuesday.",
    "Prime Minister Peter Lund visited a school in Oslo on Tuesday.",
    "Prime Minister Peter Lund visited Bergen on Tuesday.",
    "Prime Minister Peter Lund welcomed the agreement between Russia and Ukraine.",
    "Prime Minister Peter Lund hosted a show on television.",
    "Supply is expected to meet demand from China next year.",
    "President Olsen spoke at a rally with Senator John Ward.",
    "President Olsen spoke to the nation on Tuesday.",
    "President Olsen told Senator John Ward to apologise.",
    "Prosecutors will meet the burden of proof, Judge Peter Lund said.",
    "Minister Peter Lund said a meeting with Minister Anna Virta was possible.",
    "Minister Peter Lund may hold talks with Minister Anna Virta.",
    "Minister Peter Lund did not rule out a meeting with Minister Anna Virta.",
    "Minister Peter Lund has yet to meet Minister Anna Virta.",
    "Minister Peter Lund was unable to meet Minister Anna Virta.",
    "Minister Peter Lund wants a meeting with Minister Anna Virta.",
    "Minister Peter Lund demanded a meeting with Minister Anna Virta.",
    "Minister Peter Lund and Minister Anna Virta have not met since 2018.",
    "Minister Peter Lund requested a telephone call with Minister Anna Virta.",
    "Foreign Minister Peter Lund and Ambassador Anna Virta attended the signing ceremony.",
    "Brazilian President Luiz Souza called Argentine President Alberto Perez a liar.",
    "The Security Council will hold a meeting on Syria on Friday.",
    "The Eurogroup meets every month in Brussels.",
    "Mr Lund told a meeting of supporters that he would resign.",
    "Prime Minister Peter Lund met a group of farmers in Bergen.",
    "Lund met his future wife, Anna, at university.",
    "The Reds meet City in Sunday's final.",
    "Voters will meet the candidates on Sunday.",
    "Norway hopes to host talks between Russia and Ukraine.",
    "The report says efforts to arrange a meeting between President Olsen and President "
    "Sokolov have failed.",
    "Without naming President Sokolov, Chancellor Anna Weber warned of escalation.",
    "The bank met analysts' forecasts for profit.",
    "Negotiators for the union and the company failed to reach agreement.",
    "Chancellor Anna Weber spoke to President Sokolov's critics.",
    "Foreign Minister Peter Lund visited the embassy of Finland to sign a book of condolence.",
]


@pytest.mark.parametrize("text", QUIET)
def test_no_meeting(text: str) -> None:
    """Wishes, proposals, denials, practice, sport, sittings, speeches, other senses: no meeting."""
    rows, _ = read(text)
    assert rows.meetings == []
