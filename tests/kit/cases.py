"""Random companies whose achievements lie on the cuts, or a hair beside them, with contents of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from cxassess.content.model import Key
from cxassess.content.practices import Question
from cxassess.content.reading import Content, load_content
from cxassess.document.answers import Answer, Evidence, EvidenceLink, Exemption, Judgement, Sample
from cxassess.document.assessment import Assessment
from kit.made import ON, blank

SHIPPED = load_content()
THIRDS = {"N": Fraction(0), "P": Fraction(1, 3), "L": Fraction(2, 3), "F": Fraction(1)}
CUTS = [Fraction(3, 20), Fraction(1, 2), Fraction(2, 3), Fraction(17, 20)]
SAMPLES = [(0, 3), (1, 2), (3, 20), (10, 20), (17, 20), (22, 30), (27, 30), (29, 30)]
# Beside the weight that puts a level on a limit: the least by which a weight can be more or less.
HAIRS = [Fraction(0), Fraction(0), Fraction(1, 1000), Fraction(-1, 1000)]


@dataclass(frozen=True)
class Company:
    """What kind of company is made up: how far up it is good, how much is left open, how much is proved.

    `strong` are the keys of the evidence that proves, `keys` those of all evidence.
    """

    random: Random
    good_levels: int
    is_tidy: bool
    is_proved: bool
    strong: list[str]
    keys: list[str]

    def chance(self, share: float) -> bool:
        return self.random.random() < share


def case(seed: int) -> tuple[Assessment, Content]:
    """One company and its content, the same for the same seed."""
    random = Random(seed)
    content = content_of(random)
    evidence = records(content)
    keys = [record.key for record in evidence]
    strong = [one.key for one in evidence if one.grade(content.evidence_kinds[one.kind], on=ON) >= 2]
    company = Company(random, random.randint(0, 6), random.random() < 0.75, random.random() < 0.75, strong, keys)
    answers: dict[Key, Answer] = {}
    weights: dict[Key, Decimal] = {}
    for number, level in enumerate(content.level_keys):
        pool = random.choice(["LF", "LLF", "F", "FFFN"] if number < company.good_levels else ["NPLF", "PL", "PF"])
        fill(company, pool, content.of_level(level), answers, weights)
    made = blank(
        content,
        evidence=evidence,
        weights=weights,
        answers=answers,
        mistakes=judgements(company, content),
        exceptions=exceptions(company, content),
        indicators={one.key: Answer(state="rated", rating=random.choice("NPLF")) for one in content.indicators},
    )
    return made, content


def content_of(random: Random) -> Content:
    """The shipped content with 3 to 8 questions a level instead, at most one of each core."""
    questions: list[Question] = []
    for level in SHIPPED.level_keys:
        like = SHIPPED.of_level(level)[0]
        size = random.randint(3, 8)
        core = random.choice([None, random.randint(1, size)])
        for number in range(1, size + 1):
            questions.append(like.model_copy(update={"key": f"{level}-{number}", "core": number == core}))
    parts = {name: getattr(SHIPPED, name) for name in Content.model_fields}
    return Content(**parts | {"questions": tuple(questions)})


def records(content: Content) -> tuple[Evidence, ...]:
    """Of every kind: dated today, on its last day, one day after it, tomorrow, and not at all."""
    made: list[Evidence] = []
    for kind in content.evidence_kinds.values():
        dates: list[date | None] = [ON, ON - timedelta(days=kind.days), ON - timedelta(days=kind.days + 1)]
        for day in [*dates, ON + timedelta(days=1), None]:
            made.append(Evidence(key=f"E-{len(made) + 1:02d}", kind=kind.key, source="file", on=day))
    return tuple(made)


def judgements(company: Company, content: Content) -> Mapping[str, Judgement]:
    """A severity for every mistake, or for most."""
    severities = [0, 0, 0, 0, 0, 0, 0, 1, 2, 3] if company.is_tidy else [None, 0, 1, 2, 3]
    found = {mistake.key: company.random.choice(severities) for mistake in content.mistakes}
    return {key: Judgement(severity=severity) for key, severity in found.items() if severity is not None}


def exceptions(company: Company, content: Content) -> tuple[Exemption, ...]:
    """A few exceptions, each with one piece of evidence, strong or weak."""
    pairs = [(mistake.key, link.level) for mistake in content.mistakes for link in mistake.contradicts]
    chosen = company.random.sample(pairs, company.random.choice([0, 2, 5]))
    proof = [company.random.choice(company.random.choice([company.strong, company.keys])) for _ in chosen]
    return tuple(
        Exemption(mistake=mistake, level=level, reason="r", evidence=(key,))
        for (mistake, level), key in zip(chosen, proof, strict=True)
    )


# --- one level ---


def fill(
    company: Company,
    pool: str,
    questions: tuple[Question, ...],
    answers: dict[Key, Answer],
    weights: dict[Key, Decimal],
) -> None:
    """Answer and weigh the questions of one level. What is rated is drawn from a pool of letters."""
    random = company.random
    rest = list(questions)
    random.shuffle(rest)
    free = [question for question in rest if not question.core]
    many = [0, 0, 0, 0, 0, 0, 0, 1] if company.is_tidy else [0, 1, 2, 3]
    dropped = free[: random.choice(many)]
    rest = [question for question in rest if question not in dropped]
    n_open = min(random.choice(many), len(rest))
    open_, rated = rest[:n_open], rest[n_open:]

    ratings = [random.choice(pool) for _ in rated]
    found = weights_of(random, ratings, len(open_), len(dropped))
    for question, weight in zip([*rated, *open_, *dropped], found, strict=True):
        weights[question.key] = Decimal(weight.numerator) / weight.denominator
    for question, rating in zip(rated, ratings, strict=True):
        answers[question.key] = answer_of(company, rating)
    for question in open_:
        answers[question.key] = Answer(state=random.choice(["unknown", "unanswered"]))
    for question in dropped:
        answers[question.key] = Answer(state="not-applicable", reason="not-offered", note="none")


def answer_of(company: Company, rating: str) -> Answer:
    """An answer with evidence for a rating; what is claimed is that rating, or more."""
    random = company.random
    if not company.is_proved and company.chance(0.3):
        return Answer(state="rated", rating=rating)
    keys = company.strong if company.is_proved else company.keys
    # Now and then nobody has said yet what the evidence shows.
    links = [EvidenceLink(evidence=random.choice(keys), supports=None if company.chance(0.05) else rating)]
    if company.chance(0.1):
        k, n = random.choice(SAMPLES)
        links.append(EvidenceLink(evidence=random.choice(company.keys), sample=Sample(k=k, n=n)))
    claimed = random.choice("NPLF"["NPLF".index(rating) :]) if company.chance(0.2) else rating
    return Answer(state="rated", rating=claimed, evidence=tuple(links))


def weights_of(random: Random, ratings: list[str], n_open: int, n_dropped: int) -> list[Fraction]:
    """Weights of a level's rated, open and dropped questions, on as many limits at once as chance has it."""
    weights = on_the_cut(random, ratings) if ratings and random.random() < 0.7 else None
    weights = weights or [Fraction(random.randint(1, 4)) for _ in ratings]
    # Exactly 70 % of the applicable weight is rated when what is open weighs 3/7 of it …
    if n_open:
        is_exact = bool(weights) and random.random() < 0.6
        weights += [sum(weights) * Fraction(3, 7) / n_open if is_exact else Fraction(1)] * n_open
    # … and exactly 2/5 is not applicable when that weighs 2/3 of the rest.
    if n_dropped:
        is_exact = bool(weights) and random.random() < 0.6
        weights += [sum(weights) * Fraction(2, 3) / n_dropped if is_exact else Fraction(1)] * n_dropped
    scale = max(weight.denominator for weight in weights)
    weights = [weight * scale for weight in weights]
    weights[random.randrange(len(weights))] += random.choice(HAIRS)
    # A weight has three decimals at most here, and stands between the bounds of the document.
    fits = all(Fraction(1, 1000) <= weight <= 1000 and 1000 % weight.denominator == 0 for weight in weights)
    return weights if fits else [Fraction(1)] * len(weights)


def on_the_cut(random: Random, ratings: list[str]) -> list[Fraction] | None:
    """Weights for which Σ w·x / Σ w is exactly a cut; None where these ratings cannot be weighed so."""
    cut = random.choice(CUTS)
    weights = [Fraction(random.randint(1, 4)) for _ in ratings]
    over = [THIRDS[rating] - cut for rating in ratings]
    # The first weight makes up for what the others have over the cut, or under it.
    rest = sum(weight * share for weight, share in zip(weights[1:], over[1:], strict=True))
    if over[0] == 0:
        return weights if rest == 0 else None
    weights[0] = -Fraction(rest) / over[0]
    return weights if weights[0] > 0 else None
