"""How what every room looks for is written: the numeral that a list counts with, a year, a percentage point.

Only what is the same notion wherever it stands; what a rule means by more than that is its own pattern.
"""

LIST_NUMERAL = "[一二三四五六七八九十]{1,3}"  # 一、 (十二)
ANY_YEAR = "(?:19|20)[0-9]{2}"
PERCENTAGE_POINT = "百分点"
