"""What ingest says about whole files, in both languages."""

from __future__ import annotations

from caopan.units.message import CaopanError, Message, Text


class FileRefusedError(CaopanError):
    """Raised where a file as a whole cannot be read; its message becomes the file's issue."""


def refusal(*, key: str, **values: object) -> FileRefusedError:
    """Return the error that refuses a file.

    >>> refusal(key="empty_file").message.say("en")
    'the file is empty'
    """
    return FileRefusedError(message(key, **values))


def message(key: str, **values: object) -> Message:
    """Return one of the messages below with its values.

    >>> message("row_width", found=3, expected=8).say("zh")
    '这一行有 3 个单元格，表头有 8 个'
    """
    text, hint = TEXTS[key]
    return Message(key=key, text=text, hint=hint, values=values)


_EXPORT_AGAIN = Text(zh="请从平台重新导出这个文件", en="export the file from the platform again")
_SAVE_AS = Text(zh="请另存为 .xlsx 或 UTF-8 的 .csv 再导入",
                en="save it as .xlsx or as .csv in UTF-8 and import that")

TEXTS: dict[str, tuple[Text, Text | None]] = {
    "no_such_path": (
        Text(zh="找不到 {path}", en="{path} does not exist"),
        Text(zh="请检查路径", en="check the path")),
    "leads_outside": (
        Text(zh="{path} 是指向所给文件夹之外的链接，没有读取",
             en="{path} is a link that leads out of the given folder; it was not followed"),
        Text(zh="请直接给出那个文件的路径", en="give the path of that file itself")),
    "not_regular": (
        Text(zh="{path} 不是普通文件（是管道、设备或别的），没有读取",
             en="{path} is not a regular file (a pipe, a device or the like); it was not read"),
        Text(zh="请把内容存成普通文件再导入", en="save what it gives as a file and import that")),
    "unreadable_file": (
        Text(zh="打不开 {path}：{reason_zh}", en="{path} cannot be opened: {reason_en}"),
        Text(zh="请检查文件权限", en="check the permissions of the file")),
    "archive_entry": (
        Text(zh="压缩包里的 {entry} 没有读取：路径不安全、已加密或是嵌套的压缩包",
             en="{entry} in the archive was not read: its path is unsafe, it is encrypted, or it "
                "is an archive itself"),
        Text(zh="请先解压，再导入解压后的文件", en="unpack the archive and import the files")),
    "archive_too_many": (
        Text(zh="压缩包里有 {n} 个文件，超过 {most} 个",
             en="the archive holds {n} files, more than {most}"),
        Text(zh="请先解压，只导入需要的文件", en="unpack it and import the files that matter")),
    "archive_for_folder": (
        Text(zh="这是一个压缩包", en="this is an archive"),
        Text(zh="请把它当作文件夹导入：caopan import 会逐个读取里面的文件",
             en="import it like a folder: caopan import reads the files inside one by one")),
    "empty_file": (
        Text(zh="文件是空的", en="the file is empty"), _EXPORT_AGAIN),
    "only_header": (
        Text(zh="只有表头，没有数据行", en="there is a header but no row of data"),
        Text(zh="请确认导出时选对了日期范围", en="check the date range of the export")),
    "personal_dropped": (
        Text(zh="“{header}”是个人信息，没有读入", en="{header} is about a person and was not read"),
        Text(zh="不用处理；其余各列照常读入", en="nothing to do; the other columns were read")),
    "not_a_table": (
        Text(zh="这是{what_zh}，不是表格", en="this is {what_en}, not a table"),
        Text(zh="不用管它；里面若有要用的表，请另存为 .xlsx 或 UTF-8 的 .csv 再导入",
             en="leave it out; save a table in it as .xlsx or .csv and import that")),
    "old_office": (
        Text(zh="这是{what_zh}，读不了", en="this is {what_en}, which cannot be read"), _SAVE_AS),
    "password": (
        Text(zh="这个表格有密码保护", en="the spreadsheet is protected by a password"),
        Text(zh="请在表格软件里去掉密码后另存", en="remove the password and save it again")),
    "damaged_file": (
        Text(zh="文件不完整或已损坏：{reason_zh}",
             en="the file is incomplete or damaged: {reason_en}"),
        _EXPORT_AGAIN),
    "nested_column": (
        Text(zh="列“{column}”是 {kind}，不是单个的值",
             en="column “{column}” holds {kind}, not single values"),
        Text(zh="请把它展开成普通的列再导入", en="flatten it into plain columns before import")),
    "binary": (
        Text(zh="文件里不是文字（第 {line} 行附近有控制字符）",
             en="the file is not text (control characters near line {line})"), _SAVE_AS),
    "nul": (
        Text(zh="第 {line} 行附近有 NUL 字节，文件已损坏或不是表格",
             en="there are NUL bytes near line {line}: the file is damaged or no table"),
        _EXPORT_AGAIN),
    "encoding": (
        Text(zh="第 {line} 行附近的字节不是 {encoding}",
             en="the bytes near line {line} are not {encoding}"),
        Text(zh="请另存为 UTF-8 的 .csv 再导入", en="save it as .csv in UTF-8 and import that")),
    "long_line": (
        Text(zh="第 {line} 行附近有超过 {most} 字节的一行",
             en="a line near line {line} is longer than {most} bytes"),
        Text(zh="多半是引号没有配对，或者不是导出的表格；请检查这一行",
             en="a quote is probably not closed, or this is no export; look at that line")),
    "unclosed_quote": (
        Text(zh="这一行的引号没有配对，后面 {lines} 行都没有读到",
             en="a quote of this row is not closed: the {lines} lines after it were not read"),
        Text(zh="请补上引号再导入", en="close the quote and import again")),
    "unclosed": (
        Text(zh="表格读到一半无法继续，多半是引号没有配对",
             en="the table cannot be read to its end; a quote is probably not closed"),
        _EXPORT_AGAIN),
    "too_many_columns": (
        Text(zh="有 {n} 列，超过 {most} 列", en="there are {n} columns, more than {most}"),
        Text(zh="请删掉用不到的列再导入", en="delete those that are not needed and import again")),
    "too_big": (
        Text(zh="文件有 {n} 字节，超过 {most} 字节", en="the file has {n} bytes, more than {most}"),
        Text(zh="请分成几个文件导出", en="export it in several files")),
    "swollen": (
        Text(zh="解压后会大得不正常（{packed} 字节变成 {unpacked} 字节以上），没有继续读",
             en="it unpacks to an abnormal size ({packed} bytes to more than {unpacked}); "
                "reading was stopped"),
        _EXPORT_AGAIN),
    "too_wide_area": (
        Text(zh="工作表从第一格到最后一格有 {n} 个单元格，超过 {most} 个",
             en="the sheet spans {n} cells from its first to its last, more than {most}"),
        Text(zh="多半是很远的地方有多余的内容；请删掉空白的行和列后另存",
             en="something probably stands far away; delete the empty rows and columns and save")),
    "no_header": (
        Text(zh="前 {rows} 行里找不到表头", en="no header was found in the first {rows} rows"),
        Text(zh="请确认文件里有一行列名", en="check that one row holds the names of the columns")),
    "unknown_columns": (
        Text(zh="最像“{layout}”，但列对不上：缺少：{missing_zh}；不认识：{unknown_zh}{twice_zh}",
             en="it looks most like {layout}, but the columns differ: missing: {missing_en}; "
                "unknown: {unknown_en}{twice_en}"),
        Text(zh="平台可能改了列名：请核对后用 --mapping 重新对应，或反馈给我们更新版式",
             en="the platform may have renamed columns: check them and map the file with "
                "--mapping, or tell us so that the layout is brought up to date")),
    "duplicate_columns": (
        Text(zh="表头里有重复的列：{columns}",
             en="the header has a column more than once: {columns}"),
        Text(zh="请删掉重复的列，或改成各自的列名，再导入",
             en="delete the column that repeats, or give each its own name, and import again")),
    "unknown_layout": (
        Text(zh="不认识这个表格；它的列是 {columns}",
             en="this table is not known; its columns are {columns}"),
        Text(zh="用 --mapping 写明哪一列是什么，以后同样的文件就认识了",
             en="say with --mapping which column is what; files like it are then recognised")),
    "unknown_source": (
        Text(zh="没有名为 {source} 的版式或平台",
             en="there is no layout or platform called {source}"),
        Text(zh="可用的有：{known}", en="known are: {known}")),
    "unknown_table": (
        Text(zh="没有名为 {table} 的标准表", en="there is no canonical table called {table}"),
        Text(zh="可用的有：{known}", en="known are: {known}")),
    "sheet_skipped": (
        Text(zh="工作表“{sheet}”没有导入：不认识它的列",
             en="sheet “{sheet}” was not imported: its columns are not known"),
        Text(zh="如果需要它，请单独存成文件，用 --mapping 导入",
             en="if it matters, save it as a file of its own and import it with --mapping")),
    "no_such_sheet": (
        Text(zh="这个文件没有工作表“{sheet}”", en="the file has no sheet “{sheet}”"),
        Text(zh="请从文件的工作表里选一张", en="choose one of the sheets of the file")),
    "row_width": (
        Text(zh="这一行有 {found} 个单元格，表头有 {expected} 个",
             en="this row has {found} cells, the header has {expected}"),
        Text(zh="请检查这一行的分隔符和引号", en="check the separators and quotes of this row")),
    "row_unlike_others": (
        Text(zh="这一行有 {found} 个单元格，其他行有 {expected} 个",
             en="this row has {found} cells, the others have {expected}"),
        Text(zh="请检查这一行的分隔符和引号", en="check the separators and quotes of this row")),
    "short_rows": (
        Text(zh="每行只有 {found} 个单元格，表头有 {expected} 个：后面的列按空读取",
             en="rows have {found} cells, the header has {expected}: the columns behind were "
                "read as empty"),
        Text(zh="如果少了中间的列，后面的值会错位；请重新导出这个文件",
             en="if a column in the middle is missing, values stand in the wrong column: export "
                "the file again")),
    "own_fault": (
        Text(zh="读这个文件时程序自己出错了（{fault}），文件没有导入",
             en="the program itself failed on this file ({fault}); it was not imported"),
        Text(zh="其他文件照常导入；请把这一句和文件的表头反馈给我们",
             en="the other files are imported; tell us this sentence and the file's header")),
    "naive_times": (
        Text(zh="时间没有写时区，按 {zone} 读取",
             en="times carry no offset; they were read as {zone}"),
        Text(zh="如果不对，用 --timezone 写明", en="if that is wrong, say --timezone")),
    "implied_zone": (
        Text(zh="文件没有写时区；金额是 {currency}，时间按 {zone} 读取",
             en="the file names no time zone; amounts are {currency}, so times were read "
                "as {zone}"),
        Text(zh="如果不对，用 --timezone 写明", en="if that is wrong, say --timezone")),
    "unknown_zone": (
        Text(zh="没有“{zone}”这个时区", en="there is no time zone called {zone}"),
        Text(zh="请写 Asia/Shanghai、Asia/Jakarta 这样的名称",
             en="write a name such as Asia/Shanghai or Asia/Jakarta")),
    "impossible_year": (
        Text(zh="--year 不能是 {year}：只能是 {first} 到 {last} 之间的年份",
             en="--year cannot be {year}: it is a year from {first} to {last}"),
        Text(zh="请写四位数的年份，例如 --year 2026",
             en="write a year of four digits, such as --year 2026")),
    "year_assumed": (
        Text(zh="日期没有年份（例如 {example}），按 {year} 年读取",
             en="dates carry no year (such as {example}); they were read as {year}"),
        Text(zh="如果不对，用 --year 写明再导入一次",
             en="if that is wrong, import again with --year")),
    "required_missing": (
        Text(zh="缺少必填的 {column}", en="the required {column} is missing"),
        Text(zh="请补上这一格再导入", en="fill the cell and import again")),
}
"""What happened and what to do next, by key."""
