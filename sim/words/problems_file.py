"""Problems of files as such: finding, opening, decoding, and YAML."""

from __future__ import annotations

from typing import Final

from sim.words import Table

FILES: Final[Table] = {
    "file-missing": (
        "没有这个文件。请检查路径和文件名。",
        "there is no such file. Check the path and the name.",
    ),
    "file-is-folder": (
        "这是文件夹，需要一个 YAML 文件。请写到文件名为止。",
        "this is a folder where a YAML file is needed. Give the path down to the file.",
    ),
    "file-unreadable": (
        "文件打不开。请检查读取权限，并确认它是普通文件。",
        "the file cannot be opened. Check that you may read it and that it is an ordinary file.",
    ),
    "file-too-large": (
        "文件超过 {limit}，不予读取。输入文件通常只有几十 KB；请检查是否放错了文件，或拆成几个情景。",
        "the file is larger than {limit} and is not read. Input files are tens of KB; check that it is the "
        "right file, or split it.",
    ),
    "file-encoding": (
        "文件不是 UTF-8 编码，第 {byte} 个字节读不出来。请用编辑器另存为 UTF-8（不要用 GBK、ANSI）。",
        "the file is not UTF-8: byte {byte} cannot be read. Save it as UTF-8 (not GBK or ANSI).",
    ),
    "file-empty": ("文件是空的。", "the file is empty."),
    "folder-missing": ("没有这个文件夹。请检查路径。", "there is no such folder. Check the path."),
    "folder-is-file": (
        "这是文件，需要一个文件夹。",
        "this is a file where a folder is needed.",
    ),
    "no-workspace": (
        "这里没有 roster 或 scenarios 文件夹，也没有 {files}。请用 tuiyan new 新建工作文件夹，或换一个路径。",
        "there is neither a roster nor a scenarios folder here, nor any of {files}. "
        "Make a workspace with tuiyan new, or give another path.",
    ),
    "unknown-scenario": (
        "没有叫“{name}”的情景，也没有这个文件。现有情景：{known}。",
        "there is no scenario called '{name}', nor such a file. Known scenarios: {known}.",
    ),
    "scenario-id": (
        "情景的 id 是“{name}”，文件名却是“{stem}”。按编号调用时以文件名为准，建议改成一致。",
        "the scenario's id is '{name}' but its file is called '{stem}'. It is found by the file's name; "
        "make them equal.",
    ),
    "root-not-mapping": (
        "文件最外层应是一行行“键: 值”，现在不是。",
        "the file should be lines of 'key: value' at its outermost level.",
    ),
    "too-many-problems": (
        "还有 {count} 处问题未列出，请先改前面的。",
        "{count} more problems are not listed; mend the first ones first.",
    ),
    "full-width": (
        "这里用了全角“{char}”，应改成半角“{better}”。请切换到英文输入法。",
        "full-width '{char}' stands here; type ASCII '{better}' instead.",
    ),
    "duplicate-key": (
        "键“{key}”重复，第 {first} 行已经写过。请删去一处或合并。",
        "key '{key}' is given twice; it stands in line {first} already. Drop one or merge them.",
    ),
    "key-not-text": (
        "“{key}”不能作键。键应是文字；若确实要用，请加引号。",
        "'{key}' cannot be a key. A key is text; quote it if you mean it.",
    ),
    "yaml-anchor": (
        "不支持锚点和引用（&{name} 与 *{name}）。请把内容直接写出来；值以 & 或 * 开头时请加引号。",
        "anchors and aliases (&{name} and *{name}) are not accepted. Write the content out; quote a value "
        "that begins with & or *.",
    ),
    "yaml-tag": (
        "不支持标签“{tag}”。请删去；值以 ! 开头时请加引号。",
        "tags such as '{tag}' are not accepted. Remove it; quote a value that begins with !.",
    ),
    "yaml-documents": (
        "一个文件只能有一份内容，这里的 --- 又开始了一份。请删去或拆成两个文件。",
        "a file holds one document; --- begins another here. Remove it or make two files.",
    ),
    "yaml-too-deep": (
        "嵌套超过 {limit} 层。请检查缩进或括号。",
        "nested deeper than {limit} levels. Check indentation and brackets.",
    ),
    "yaml-control": (
        "这里有不可见的控制字符 {char}。请删去，或重新键入这一行。",
        "an invisible control character {char} stands here. Delete it or type the line again.",
    ),
    "yaml-colon": (
        "这里多出一个冒号。请检查上一行是否缺冒号、缩进是否对齐；文字中含“: ”时整段加引号。",
        "a colon is out of place here. Check the line above for a missing colon and the indentation; "
        "quote a text that holds ': '.",
    ),
    "yaml-no-colon": (
        "这一行缺半角冒号。写成“键: 值”，冒号后空一格。",
        "this line lacks a colon. Write 'key: value' with a blank after the colon.",
    ),
    "yaml-tab": (
        "缩进用了制表符（Tab）。请改用空格。",
        "a tab is used for indentation. Use blanks.",
    ),
    "yaml-character": (
        "值不能以这个符号开头。请给整段文字加引号。",
        "a value cannot begin with this sign. Put the text in quotes.",
    ),
    "yaml-bracket": (
        "从这里开始的括号没有配对，或项与项之间缺半角逗号。",
        "the bracket opened here is not closed, or a comma is missing between items.",
    ),
    "yaml-indent": (
        "这里的缩进与上文不齐，或引号、括号之后又多了文字。",
        "the indentation does not fit what stands above, or text follows a closing quote or bracket.",
    ),
    "yaml-quote": ("从这里开始的引号没有配对。", "the quote opened here is not closed."),
    "yaml-escape": (
        "双引号内的反斜杠写法不认识。请改用单引号，或写两个反斜杠。",
        "unknown backslash escape inside double quotes. Use single quotes, or two backslashes.",
    ),
    "yaml-syntax": (
        "这里不合 YAML 写法。请检查缩进、冒号、引号和括号。",
        "this is not valid YAML. Check indentation, colons, quotes and brackets.",
    ),
}
"""Code → sentence."""
