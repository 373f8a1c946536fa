"""Why a backup or a restore was refused, in both languages, each with what to do."""

from __future__ import annotations

SENTENCES = {
    "exists": (
        "{file} 已经存在，不会覆盖。请换一个文件名。",
        "{file} exists already and is not overwritten. Choose another name.",
    ),
    "inside_home": (
        "{file} 在网站自己的文件夹里。请放到别的地方，最好是另一块磁盘。",
        "{file} lies in the site's own folder. Put it elsewhere, best on another disk.",
    ),
    "other_settings": (
        "这个网站的检查点以“{signed}”签发，而这里的设置是“{here}”（或者签名密钥不同）。这样的备份无法恢复，所以没有做。请让本命令与"
        "网站用同样的 PINGYI_ORIGIN、PINGYI_REHEARSAL、PINGYI_KEY_FILE，最好写在 {settings}，所有命令都会读它。",
        "This site's checkpoints are signed as “{signed}”, but the settings here say “{here}” (or name another key):"
        " such a backup could not be restored, so none was made. Give this command the same PINGYI_ORIGIN,"
        " PINGYI_REHEARSAL and PINGYI_KEY_FILE as the site, best in {settings}, which every command reads.",
    ),
    "changed": (
        "备份时文件 {file} 变动了。请再运行一次；没有留下任何文件。",
        "The file {file} changed while it was read. Run this again; nothing was left behind.",
    ),
    "recipient": (
        "“{what}”不是 age 收件公钥（age1… 或 ssh-ed25519 …）。",
        "“{what}” is no age recipient (age1… or ssh-ed25519 …).",
    ),
    "passphrase_short": (
        "口令至少 {least} 个字符；几个不相干的词最好记，也最难猜。",
        "A passphrase has at least {least} characters; several unrelated words are easy to keep and hard to guess.",
    ),
    "passphrase_twice": (
        "两次输入的口令不一样。没有做备份。",
        "The two passphrases differ. No backup was made.",
    ),
    "passphrase_wrong": (
        "口令不对，打不开 {file}。没有改动任何内容。",
        "The passphrase does not open {file}. Nothing was changed.",
    ),
    "identity_needed": (
        "{file} 是加密给 age 公钥的。请用 --identity 指定私钥文件（- 表示从标准输入读取）。没有改动任何内容。",
        "{file} is sealed to an age recipient: name the file of its identity with --identity (- reads it from"
        " standard input). Nothing was changed.",
    ),
    "identity_wrong": (
        "{file} 不是加密给这把私钥的，请换一把。没有改动任何内容。",
        "{file} was sealed to another identity than this one. Nothing was changed.",
    ),
    "identity_unreadable": (
        "{file} 里没有 age 私钥（AGE-SECRET-KEY-… 或 OpenSSH 私钥）。",
        "{file} holds no age identity (AGE-SECRET-KEY-… or an OpenSSH private key).",
    ),
    "not_a_backup": (
        "{file} 不是评议系统的备份。没有改动任何内容。",
        "{file} is no backup of Pingyi. Nothing was changed.",
    ),
    "altered": (
        "{file} 不完整或被改动过（{what}），不能使用。没有改动任何内容。请用另一份备份。",
        "{file} is cut off or was altered ({what}) and cannot be used. Nothing was changed. Take another backup.",
    ),
    "newer": (
        "这份备份来自较新的版本（{what}）。请先更新本软件，再恢复。没有改动任何内容。",
        "This backup comes from a newer version ({what}). Update Pingyi first. Nothing was changed.",
    ),
    "running": (
        "{home} 里有网站或命令正在运行。请先停止它，再恢复。没有改动任何内容。",
        "A site or a command is at work in {home}. Stop it first. Nothing was changed.",
    ),
    "not_a_home": (
        "{home} 里有别的内容，不是评议网站。请用 --home 指定一个空的或还不存在的文件夹。没有改动任何内容。",
        "{home} holds something other than a site. Name an empty or a new folder with --home. Nothing was changed.",
    ),
    "no_room": (
        "{home} 是挂载点或其上级文件夹不可写，里面又已有内容，不能整体替换。请用 --home 指定里面的一个新文件夹，再让"
        " PINGYI_HOME 指向它。没有改动任何内容。",
        "{home} is a mount point or the folder above it cannot be written to, and it is not empty, so that it cannot be"
        " exchanged as a whole. Name a new folder inside it with --home and let PINGYI_HOME name that. Nothing was"
        " changed.",
    ),
    "needs_server": (
        "这份备份来自 PostgreSQL。请建一个空数据库，用 PINGYI_DATABASE_URL 指定它，再恢复。没有改动任何内容。",
        "This backup holds a PostgreSQL database: make an empty one, name it in PINGYI_DATABASE_URL, then restore."
        " Nothing was changed.",
    ),
    "needs_no_server": (
        "这份备份来自 SQLite，不能恢复到 PostgreSQL。请取消 PINGYI_DATABASE_URL。没有改动任何内容。",
        "This backup holds an SQLite database, which no PostgreSQL server takes: unset PINGYI_DATABASE_URL. Nothing was"
        " changed.",
    ),
    "server_not_empty": (
        "PINGYI_DATABASE_URL 指定的数据库里已有表（{what}）。请另建一个空数据库。没有改动任何内容。",
        "The database in PINGYI_DATABASE_URL holds tables already ({what}). Make an empty one. Nothing was changed.",
    ),
    "no_program": (
        "缺少 {program}（{version} 版或更新）。请安装 PostgreSQL 客户端，Debian 上：apt-get install"
        " postgresql-client-{version}",
        "There is no {program} of version {version} or newer. Install PostgreSQL's client programs, on Debian: apt-get"
        " install postgresql-client-{version}",
    ),
    "server_says": (
        "数据库服务器拒绝：{what}",
        "The database server refused: {what}",
    ),
    "verify": (
        "备份里的存证对不上（{what}）。没有改动任何内容。请用另一份备份，并告知见证单位。",
        "The record in this backup does not agree with itself ({what}). Nothing was changed. Take another backup and"
        " tell the witnesses.",
    ),
    "shape": (
        "备份里的数据库升级不到现在的版本：{what}。没有改动任何内容。",
        "The database in this backup could not be brought to this version: {what}. Nothing was changed.",
    ),
    "keys_needed": (
        "这个网站的个人资料另用密钥加密。请用 --keys 指定最新的密钥文件（….keys.age）；没有它就读不出联系人，那就加"
        " --without-keys。没有改动任何内容。",
        "This site's personal data is encrypted with keys of their own: name the newest key file (….keys.age) with"
        " --keys, or give --without-keys and do without anybody's name and telephone. Nothing was changed.",
    ),
    "keys_of_another": (
        "{file} 是另一个网站的密钥文件。没有改动任何内容。",
        "{file} holds the keys of another site. Nothing was changed.",
    ),
}  # fmt: skip


class BackupError(Exception):
    """A backup or a restore that is refused; `str` gives both sentences."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep why, and what the sentences name."""
        self.code, self.facts = code, facts
        super().__init__("\n".join(sentence.format(**facts) for sentence in SENTENCES[code]))
