"""Which column of a file means what: tolerant of case, spaces, units in brackets, and Japanese names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from staffing.errors import Fault

Wanted = str | tuple[str, ...]  # a tuple: any one of these columns will do

# Canonical name -> names found in exports of telephone systems and in staff lists.
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "interval_start": ("日時", "開始日時", "集計日時", "date time"),
        "date": ("日付", "年月日", "集計日", "対象日"),
        "time": ("時間帯", "時刻", "時間", "開始時刻"),
        "interval_minutes": ("間隔", "集計間隔", "間隔(分)"),
        "queue": ("キュー", "キュー名", "窓口", "業務", "着信グループ", "グループ", "スキル", "queue name"),
        "channel": ("チャネル", "チャンネル", "メディア", "media type", "channel type"),
        "offered": ("着信数", "着信呼数", "総着信数", "着信", "入電数", "calls offered"),
        "answered": ("応答数", "応答呼数", "応答", "calls answered", "handled"),
        "abandoned": ("放棄呼数", "放棄数", "放棄呼", "放棄", "途中放棄数", "calls abandoned"),
        "short_abandoned": ("短時間放棄数", "短時間放棄呼数", "短時間放棄"),
        "blocked": ("あふれ呼数", "あふれ数", "あふれ呼", "話中数", "話中呼数"),
        "answered_within_threshold": (
            "規定時間内応答数",
            "目標時間内応答数",
            "閾値内応答数",
            "しきい値内応答数",
        ),
        "agents": (
            "応対人数",
            "平均応対人数",
            "平均稼働人数",
            "ログイン人数",
            "agents on duty",
            "staffed agents",
        ),
        "talk_seconds": ("通話時間", "総通話時間", "通話時間合計"),
        "hold_seconds": ("保留時間", "総保留時間", "保留時間合計"),
        "acw_seconds": ("後処理時間", "総後処理時間", "後処理時間合計"),
        "wait_answered_seconds": ("応答待ち時間", "総応答待ち時間", "応答待ち時間合計"),
        "wait_abandoned_seconds": ("放棄待ち時間", "総放棄待ち時間", "放棄待ち時間合計"),
        "talk_mean_seconds": ("平均通話時間", "att", "average talk time"),
        "hold_mean_seconds": ("平均保留時間", "average hold time"),
        "acw_mean_seconds": ("平均後処理時間", "average acw", "average after call work time"),
        "wait_answered_mean_seconds": ("平均応答待ち時間", "平均応答速度", "asa", "average speed of answer"),
        "wait_abandoned_mean_seconds": ("平均放棄待ち時間", "平均放棄時間", "average time to abandon"),
        "aht_seconds": ("平均処理時間", "aht", "average handle time"),
        "agent_id": ("社員番号", "従業員コード", "従業員番号", "オペレーターid"),
        "agent_name": ("氏名", "名前", "オペレーター名", "name"),
        "contract": ("契約", "契約区分", "雇用区分"),
        "wage": ("時給", "賃金"),
        "leave": ("休暇", "有休", "有給休暇", "希望休"),
        "birth_date": ("生年月日",),
        "skills": ("兼務", "兼務キュー", "兼務業務", "対応スキル", "追加スキル"),
        "tags": ("タグ", "役割", "役職"),
        "available": ("勤務可能時間", "勤務可能時間帯", "出勤可能時間"),
        "wants": ("希望区分", "勤務希望", "出欠希望", "希望"),
        "shift": ("シフト", "シフトコード", "勤務", "勤務区分"),
        "month_overtime_hours": ("当月時間外", "当月時間外労働"),
        "month_holiday_hours": ("当月休日労働", "当月法定休日労働"),
        "earlier_1_overtime_hours": ("1か月前時間外", "前月時間外"),
        "earlier_1_holiday_hours": ("1か月前休日労働", "前月休日労働"),
        "earlier_2_overtime_hours": ("2か月前時間外",),
        "earlier_2_holiday_hours": ("2か月前休日労働",),
        "earlier_3_overtime_hours": ("3か月前時間外",),
        "earlier_3_holiday_hours": ("3か月前休日労働",),
        "earlier_4_overtime_hours": ("4か月前時間外",),
        "earlier_4_holiday_hours": ("4か月前休日労働",),
        "earlier_5_overtime_hours": ("5か月前時間外",),
        "earlier_5_holiday_hours": ("5か月前休日労働",),
        "year_overtime_hours": ("年度時間外", "年間時間外"),
        "months_over": ("45時間超月数", "限度超過月数"),
        "month_hours": ("当月労働時間", "当月実労働時間"),
        "week_hours": ("当週労働時間", "今週労働時間"),
        "week_overtime_hours": ("当週時間外", "今週時間外"),
        "consecutive_days": ("連続勤務日数", "連勤日数"),
        "last_end": ("最終退勤", "最終退勤日時"),
        "weekday": ("曜日",),
        "start": ("開始", "開始時刻", "時刻", "時間帯"),
        "weight": ("重み", "比率", "割合"),
    }
)
_UNIT = re.compile(r"[(\[](秒|件|呼|円|本|sec|secs|seconds|s|yen|jpy)[)\]]$")


def plain(name: str) -> str:
    """A column name without what varies: width, case, spaces, underscores, hyphens, a unit in brackets."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return _UNIT.sub("", re.sub(r"[\s_\-]+", "", text))


def match_headers(
    header: Sequence[str],
    required: Iterable[Wanted],
    optional: Iterable[str],
    column_map: Mapping[str, str] | None = None,
) -> tuple[dict[str, int], list[Fault]]:
    """Find the columns wanted.

    Args:
        header: the names in the file, in order.
        required: canonical names; a tuple asks for any one of its names.
        optional: canonical names that may be absent.
        column_map: the user's own names, name in the file -> canonical name; they come before all others.

    Returns:
        Canonical name -> position, and the faults: columns missing, two that mean the same, map entries not found.
    """
    groups = [name if isinstance(name, tuple) else (name,) for name in required]
    canonical = dict.fromkeys([*(name for group in groups for name in group), *optional])
    found, faults = _mapped(header, column_map or {}, canonical)
    taken = set(found.values())
    for name in canonical:
        names = {plain(name), *map(plain, ALIASES.get(name, ()))}
        places = [i for i, text in enumerate(header) if i not in taken and plain(text) in names]
        if name in found or not places:
            continue
        if len(places) > 1:
            both = " and ".join(repr(header[i]) for i in places)
            faults.append(Fault(f"columns {both}", f"one column for {name}", row=1, column=name))
        found[name] = places[0]
        taken.update(places)
    faults += [_missing(group, header, taken) for group in groups if not any(name in found for name in group)]
    return found, faults


def _mapped(
    header: Sequence[str], column_map: Mapping[str, str], canonical: Iterable[str]
) -> tuple[dict[str, int], list[Fault]]:
    known = list(canonical)
    if unknown := [name for name in column_map.values() if name not in known]:
        raise ValueError(f"column_map names {unknown[0]!r}; known columns: {', '.join(known)}")
    plain_header = [plain(name) for name in header]
    found: dict[str, int] = {}
    faults = []
    for theirs, name in column_map.items():
        if plain(theirs) in plain_header:
            found[name] = plain_header.index(plain(theirs))
        else:
            faults.append(
                Fault(f"columns {_listed(header)}", f"a column {theirs!r} (column_map)", row=1, column=name)
            )
    return found, faults


def _missing(group: tuple[str, ...], header: Sequence[str], taken: set[int]) -> Fault:
    wanted = " or ".join(
        f'"{name}"' + (f" ({ALIASES[name][0]})" if ALIASES.get(name) else "") for name in group
    )
    free = {plain(text): text for i, text in enumerate(header) if i not in taken and plain(text)}
    accepted = [plain(text) for name in group for text in (name, *ALIASES.get(name, ()))]
    near = [match for text in accepted for match in difflib.get_close_matches(text, free, n=1, cutoff=0.7)]
    hint = f"; nearest: {free[near[0]]!r}" if near else ""
    return Fault(f"columns {_listed(header)}", f"a column {wanted}{hint}", row=1, column=group[0])


def _listed(header: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in header[:20])
    return f"{shown} and {len(header) - 20} more" if len(header) > 20 else shown
