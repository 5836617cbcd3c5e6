"""Why a school suits another or does not, in sentences that can be read aloud. Pure."""

from collections.abc import Iterator

from common.russian import decimal_comma, grouped, quoted
from partnerships.matching import scoring
from partnerships.matching.experience_words import direction_reasons, experience_reasons
from partnerships.matching.facts import Lead, Outcome, Part, Past, Target, Weights
from partnerships.matching.reason import Reason, Tone
from schools.enums import ResourceKind


def explain(target: Target, lead: Lead, past: Past | None, weights: Weights) -> list[Reason]:
    """Reasons for the pair, the weightiest first; then those against it; then what is unknown."""
    values = dict(zip(Part, scoring.parts(target, lead, past), strict=True))
    gains = {
        part: (value - scoring.NEUTRAL[part]) * weights.of(part) for part, value in values.items()
    }
    found = [
        *experience_reasons(target, lead, weights),
        *direction_reasons(target, lead, weights),
        *_results(lead, weights),
        *_context(target, lead, gains),
        *_distance(target, lead, gains),
        *_level(target, lead, gains),
        *_size(target, lead, gains),
        *_load(lead, gains),
        *_willing(lead, gains),
        *_resources(target, lead, weights),
        *_past(past, gains),
        *_own_need(lead),
    ]
    order = {tone: place for place, tone in enumerate(Tone)}
    return sorted(found, key=lambda reason: (order[reason.tone], -abs(reason.points)))


def is_peer_context(target: Target, lead: Lead) -> bool:
    """Whether the pair may be one of scenario 2: both work in the hard context (R082, R083)."""
    return bool(target.hard_context and lead.hard_context)


def _tone(gain: float) -> Tone:
    return Tone.FOR if gain >= 0 else Tone.AGAINST


def _results(lead: Lead, weights: Weights) -> Iterator[Reason]:
    """R080."""
    if not lead.results:
        yield Reason("Проверенных результатов нет", Tone.UNKNOWN, Part.RESULTS)
    for result in lead.results:
        gain = (result.value - scoring.MIDDLE) * weights.of(Part.RESULTS) / len(lead.results)
        yield Reason(result.words, _tone(gain), Part.RESULTS, gain)


def _context(target: Target, lead: Lead, gains: dict[Part, float]) -> Iterator[Reason]:
    """R082, R083; of «ШНОР и ШНСУ» it is not known which of the two applies (quirk 6)."""
    if not is_peer_context(target, lead):
        return
    is_sure = target.hard_context == lead.hard_context == 1.0
    words = "Обе школы работают" if is_sure else "Обе школы, возможно, работают"
    sentence = f"{words} в сложном социальном контексте"
    if lead.result is None:
        sentence += ": сценарий 2 подходит, если результаты этой школы хорошие"
        yield Reason(sentence, Tone.UNKNOWN, Part.CONTEXT, gains[Part.CONTEXT])
    elif lead.result < scoring.MIDDLE:
        sentence += ", но для сценария 2 у школы-лидера должны быть хорошие результаты"
        yield Reason(sentence, Tone.AGAINST, Part.CONTEXT, gains[Part.CONTEXT])
    else:
        sentence += ", здесь результаты хорошие: кандидат по сценарию 2"
        yield Reason(sentence, Tone.FOR, Part.CONTEXT, gains[Part.CONTEXT])


def _distance(target: Target, lead: Lead, gains: dict[Part, float]) -> Iterator[Reason]:
    here, there, gain = target.place, lead.place, gains[Part.DISTANCE]
    if here.latitude is not None and there.latitude is not None:
        far = scoring.kilometres(here, there)
        words = f"Между школами {decimal_comma(far)} км по прямой"
        yield Reason(words, _tone(gain), Part.DISTANCE, gain)
    elif not here.settlement or not there.settlement:
        yield Reason("Расстояние между школами неизвестно", Tone.UNKNOWN, Part.DISTANCE)
    elif here.settlement == there.settlement:
        words = f"Школы в одном населённом пункте: {here.settlement}"
        yield Reason(words, Tone.FOR, Part.DISTANCE, gain)
    else:
        words = f"Школы в разных населённых пунктах: {here.settlement} и {there.settlement}"
        yield Reason(words, Tone.AGAINST, Part.DISTANCE, gain)


def _level(target: Target, lead: Lead, gains: dict[Part, float]) -> Iterator[Reason]:
    gain = gains[Part.LEVEL]
    if not target.grades or not lead.grades:
        yield Reason("Какие классы учатся в обеих школах, не указано", Tone.UNKNOWN, Part.LEVEL)
    elif target.grades & ~lead.grades == 0:
        yield Reason("Учит все классы, которые есть в целевой школе", Tone.FOR, Part.LEVEL, gain)
    else:
        both, whole = (target.grades & lead.grades).bit_count(), target.grades.bit_count()
        yield Reason(f"Общих параллелей {both} из {whole}", _tone(gain), Part.LEVEL, gain)


def _size(target: Target, lead: Lead, gains: dict[Part, float]) -> Iterator[Reason]:
    gain = gains[Part.SIZE]
    if not target.pupils or not lead.pupils:
        yield Reason("Размер одной из школ не указан", Tone.UNKNOWN, Part.SIZE)
        return
    sizes = f"в целевой школе обучающихся {grouped(target.pupils)}, здесь {grouped(lead.pupils)}"
    words = "Школы близки по размеру" if gain >= 0 else "Школы разного размера"
    yield Reason(f"{words}: {sizes}", _tone(gain), Part.SIZE, gain)


def _load(lead: Lead, gains: dict[Part, float]) -> Iterator[Reason]:
    gain = gains[Part.LOAD]
    if not lead.load and not lead.proposed:
        words = "Сейчас никого не ведёт: мест " + str(lead.limit)
        yield Reason(words, Tone.FOR, Part.LOAD, gain)
        return
    waiting = f", ещё предложено {lead.proposed}" if lead.proposed else ""
    words = f"Уже ведёт целевых школ: {lead.load}{waiting}; мест осталось {lead.places}"
    yield Reason(words, _tone(gain), Part.LOAD, gain)


def _willing(lead: Lead, gains: dict[Part, float]) -> Iterator[Reason]:
    note = f": {lead.note}" if lead.note else ""
    if lead.is_willing is None:
        yield Reason(f"Готова ли быть лидером, не спрашивали{note}", Tone.UNKNOWN, Part.WILLING)
    elif lead.is_willing:
        yield Reason(f"Готова быть лидером{note}", Tone.FOR, Part.WILLING, gains[Part.WILLING])


def _resources(target: Target, lead: Lead, weights: Weights) -> Iterator[Reason]:
    """R110."""
    for kind, needed in target.lacks.items():
        if offered := lead.offers.get(kind):
            points = weights.of(Part.RESOURCES) / len(target.lacks)
            name = ResourceKind(kind).label
            sentence = f"Ресурсы {name}: нужно {quoted(needed)}, здесь есть {quoted(offered)}"
            yield Reason(sentence, Tone.FOR, Part.RESOURCES, points)


def _past(past: Past | None, gains: dict[Part, float]) -> Iterator[Reason]:
    if past is None or past.outcome == Outcome.NONE:
        return
    words = f": {past.words}" if past.words else ""
    sentence = {
        Outcome.HELPED: f"Уже работали вместе, партнёрство завершено с результатом{words}",
        Outcome.FINISHED: f"Уже работали вместе, результат не записан{words}",
        Outcome.DECLINED: f"Прежнее предложение этой паре отклонено{words}",
        Outcome.REPLACED: f"Прежнее партнёрство прекращено сменой партнёра{words}",
    }[past.outcome]
    gain = gains[Part.PAST]
    yield Reason(sentence, _tone(gain), Part.PAST, gain)


def _own_need(lead: Lead) -> Iterator[Reason]:
    """It may lead others all the same (R071)."""
    if lead.categories:
        yield Reason(
            f"Сама среди школ, которым нужна помощь: {', '.join(lead.categories)}", Tone.AGAINST
        )
