#include "core/transfer/header_words.h"

#include <algorithm>
#include <string>

#include "core/base/text.h"

namespace outpost {

bool header_says_phone(std::string_view header) {
    const std::string key = fold_key(header);
    for (const std::string_view word : {"phone", "mobile", "tel", "fax", "cell", "电话", "手机"})
        if (key.find(word) != std::string::npos) return true;
    return false;
}

bool header_says_id(std::string_view header) {
    if (header_says_phone(header)) return false;
    const std::string key = fold_key(header);
    return key == "id" || key.starts_with("donotmodify") || key == "key" || key == "guid" || key == "uuid" || key.ends_with("id") || key.ends_with("guid") || key.ends_with("uuid") ||
           key.ends_with("number") || key.ends_with("no") || key.ends_with("code") || key.ends_with("key") || key.ends_with("编号");
}

namespace {

bool begins_or_ends_with(std::string_view key, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return key.starts_with(word) || key.ends_with(word); });
}

}  // namespace

bool says_begin(std::string_view key) { return key == "from" || key == "von" || begins_or_ends_with(key, {"start", "begin", "开始"}); }
bool says_end(std::string_view key) { return key == "to" || key == "bis" || begins_or_ends_with(key, {"end", "finish", "until", "结束"}); }

LineHeader header_says_line(std::string_view header) {
    const std::string key = fold_key(header);
    const auto is_any = [&](std::initializer_list<std::string_view> words) { return std::ranges::find(words, key) != words.end(); };
    if (is_any({"row", "rowid", "rowno", "rownumber", "rownum", "sno", "srno", "slno", "serialno", "line", "lineno", "linenumber", "index", "idx", "unnamed0", "序号", "行号"})) return LineHeader::Surely;
    return key.empty() || is_any({"no", "nr", "num", "column1"}) ? LineHeader::Perhaps : LineHeader::None;
}

bool header_says_money(std::string_view header) {
    const std::string key = fold_key(header);
    for (const std::string_view word : {"amount", "price", "revenue", "value", "cost", "budget", "salary", "turnover", "betrag", "umsatz", "preis", "montant", "importe", "金额", "价格", "收入"})
        if (key.find(word) != std::string::npos) return true;
    return false;
}

bool header_says_date(std::string_view header) {
    const std::string key = fold_key(header);
    for (const std::string_view word : {"date", "day", "time", "日期", "时间"})
        if (key.find(word) != std::string::npos) return true;
    return key.ends_with("on") || key.ends_with("at");
}

}  // namespace outpost
