"""This file knows small words that a question may have and that no text is looked for by.

They are left out of questions only, never out of texts, so that phrases keep them. The lists are
ours and short: words that mean something in another of the languages are not in them (French «car»
is an English car).
"""

from __future__ import annotations

import re

from forestall.evidence.search.tokens import fold

_BY_LANGUAGE = {
    "en": """a an and are as at be by can did do does for from had has have how i in into is it its
        my of on or our s t that the their there these they this to was we were what when where
        which who why will with would you your""",
    "fr": """à au aux avec c ce ces cette comment d dans de des du elle en est et il ils j l la le
        les leur leurs m n ne nos notre nous on ont ou où par pas pour pourquoi qu que quel quelle
        quelles quels qui quoi sa se ses sont sur un une y""",
    "es": """al como cómo con cual cuál cuales cuáles de del donde dónde el en es esta este estos
        hay la las lo los nos o para por porque que qué quien quién se su sus un una unos unas y""",
    "ru": """а без был была были быть в во все где для до его если есть и из или их к как какая
        какие какой ко когда кто ли мы на над не но о об от по под при с со так то у чем что чтобы
        это я""",
    "ar": """أن إن أو أي إلى التي الذي الذين عن على في كان كيف لا ما ماذا مع من هذا هذه هل هو هي
        و ثم قد كل بين لماذا متى""",
}
STOP_WORDS = frozenset(fold(word) for words in _BY_LANGUAGE.values() for word in words.split())

# Characters that hardly ever are part of a longer word, and the words that ask.
STOP_SIGNS = re.compile("为什么|什么|如何|怎么|怎样|哪些|哪个|是否|有没有|的|了|吗|呢|吧|与|及|和")
