"""How what every room looks for is written: numerals, a year, a percentage point, what divisions end in.

Only what is the same notion wherever it stands; what a rule means by more than that is its own pattern.
"""

COUNT = "一二三四五六七八九十"  # the characters of the numerals that lists and headings count with
LIST_NUMERAL = f"[{COUNT}]{{1,3}}"  # 一、 (十二)
ANY_YEAR = "(?:19|20)[0-9]{2}"
DIVISIONS = "省市县区旗州盟"  # what the names of divisions end in
PERCENTAGE_POINT = "百分点"
