"""Words for the measures that come with the package; those of a user's own file are shown as they are named."""

from __future__ import annotations

from staffing.wording.words import mark

MEASURES = (
    mark("Training"),
    mark("Talk and wrap-up time made visible"),
    mark("FAQ"),
    mark("Chatbot"),
    mark("IVR"),
    mark("Visual IVR"),
    mark("Call-back"),
    mark("Overflow to a vendor"),
    mark("One more agent all day"),
    mark("Part-time agents at the gaps"),
    mark("Better roster"),
    mark("Two more lines"),
    mark("Expected wait announced"),
    mark("Lost callers told when to call"),
)
