"""A bill as a table: quantity x rate = amount, with the source of each rate."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from staffing.wording.language import Language, money_unit
from staffing.wording.origins import origin_text
from staffing.wording.words import SOURCES, phrase


def bill(lines: pd.DataFrame, currency: str, lang: Language) -> None:
    """Draw the lines and their sum.

    Columns: `month`, `item`, `quantity`, `unit`, `rate`, `source`, `amount` and perhaps `where`; money in the
    currency's smallest unit.
    """
    tr, unit = lang.tr, money_unit(currency)
    table = pd.DataFrame(
        {
            "month": lines["month"],
            "item": [lang.sentence(text) for text in lines["item"]],
            "quantity": lines["quantity"],
            "unit": [lang.sentence(text) for text in lines["unit"]],
            "rate": lines["rate"] / unit,
            "amount": lines["amount"] / unit,
            "source": [phrase(lang, SOURCES, code) for code in lines["source"]],
        }
    )
    if "where" in lines:
        table["where"] = [origin_text(lang, text) for text in lines["where"].fillna("")]
    number = st.column_config.NumberColumn
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "month": tr("Month"),
            "item": tr("Item"),
            "quantity": number(tr("Quantity"), format="localized"),
            "unit": tr("Unit"),
            "rate": number(tr("Rate ({currency})", currency=currency), format="localized"),
            "amount": number(tr("Amount ({currency})", currency=currency), format="localized"),
            "source": tr("Source"),
            "where": tr("Where from"),
        },
        height="content",
        alt=tr("Line by line"),
    )
    st.markdown(tr("Total: **{total}**", total=lang.money(float(lines["amount"].sum()), currency)))
