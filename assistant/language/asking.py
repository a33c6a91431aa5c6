"""Words that ask: whether what was said is a question, whatever stands at its end."""

import re

ASKS = re.compile(
    r"什么|啥|怎么|怎样|[如为有是因由于以]何|何[时地处种人日类故]|咋|哪|谁|多少|几(?![乎内])|吗$|没有?$|是否|有没有|第几|多久|多长"
)
