"""K-09: the institutions of the life of a branch explained, and a small quiz that knows no name."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer
from dashboard.kiosk.content import Institution, Question
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import attributes, button, defaults, pick, shown
from layouts.measured import measured


def body(kiosk: Kiosk) -> Sequence[Component]:
    """Cards, the one that was touched in full, or the quiz."""
    texts = kiosk.content.institutions
    done = dict(kiosk.documents.activities.types) if kiosk.documents.activities else {}
    first = texts.institutions[0].slug
    start = button("小测验：答一答", "button primary", data_pick="institution: quiz:1", data_quiz_start="")
    return [
        defaults(institution=first, quiz=""),
        shown(
            "quiz",
            "",
            [
                html.Div([html.P(texts.lead, className="lead"), start], className="institutions-head"),
                html.Div([_choice(one) for one in texts.institutions], className="institutions"),
                html.Div(
                    [_explained(kiosk, one, done) for one in texts.institutions],
                    className="institution-cards",
                ),
            ],
            "view institutions-view",
        ),
        *(_question(n, question, len(texts.quiz)) for n, question in enumerate(texts.quiz, 1)),
        _result(len(texts.quiz), first),
    ]


def _choice(one: Institution) -> Component:
    return pick(
        "institution",
        one.slug,
        [html.Span(one.name, className="name"), html.Span(one.often, className="note")],
        "choice institution",
    )


def _explained(kiosk: Kiosk, one: Institution, done: dict[str, int]) -> Component:
    n = sum(done.get(kind, 0) for kind in one.types)
    year: list[Component | str] = []
    if n:
        year = [
            html.Dt(f"今年{kiosk.profile.words.whole}"),
            html.Dd([measured(integer(n), f"year-{one.slug}", n), " 场"]),
        ]
    return shown(
        "institution",
        one.slug,
        [
            html.Div([html.H2(one.name), html.Span(one.group, className="tag")], className="card-head"),
            html.P(one.text),
            html.Ul([html.Li(point) for point in one.points]),
            html.Dl([html.Dt("多久一次"), html.Dd(one.often), html.Dt("谁参加"), html.Dd(one.who), *year]),
        ],
        "card institution-card",
    )


def _question(n: int, question: Question, total: int) -> Component:
    answers = [
        button(words, "choice answer", data_answer=f"{n}:{k}", data_right="1" if k == question.right else "0")
        for k, words in enumerate(question.answers, 1)
    ]
    last = n == total
    onward = button(
        "看成绩" if last else "下一题", "button primary", data_pick=f"quiz:{'end' if last else n + 1}"
    )
    return shown(
        "quiz",
        n,
        [
            html.Div(f"第 {n} 题，共 {total} 题", className="step-no"),
            html.H2(question.question),
            html.Div(answers, className="answers"),
            shown("answered", n, [html.P(question.why, className="why"), onward], "why-box"),
        ],
        "view quiz",
    )


def _result(total: int, first: str) -> Component:
    again = button("再答一次", "button", data_pick="quiz:1", data_quiz_start="")
    back = button("返回制度解读", "button primary", data_pick=f"quiz: institution:{first}")
    score = html.Div(
        [html.Span(className="n", **attributes(data_quiz_score="")), html.Span(f"/ {total}", className="u")],
        className="number",
    )
    return shown(
        "quiz",
        "end",
        [
            html.H2("答对题数"),
            score,
            html.P("成绩不留名、不保存。"),
            html.Div([again, back], className="row"),
        ],
        "view quiz end",
    )
