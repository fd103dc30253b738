#include "core/transfer/value_words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard_call.h"
#include "core/transfer/value_text.h"

namespace outpost {

namespace {

struct Words {
    ObjectIndex object;
    FieldIndex field;
    std::string_view value, same, near;   // folded, parted by "|"
};

namespace so = standard_object;

constexpr Words all[] = {
    {so::task, task_field::status, "Not Started", "todo|tobedone|未开始|待办", "open|new|planned|scheduled|pending"},
    {so::task, task_field::status, "In Progress", "inprocess|started|ongoing|doing|进行中", ""},
    {so::task, task_field::status, "Completed", "done|complete|finished|已完成|完成", "closed"},
    {so::task, task_field::status, "Waiting on someone else", "waiting|waitingforinput|waitingforsomeoneelse|waitingonothers|pendinginput|等待", "onhold"},
    {so::task, task_field::status, "Deferred", "postponed|推迟", ""},
    {so::task, task_field::priority, "High", "高", "highest|veryhigh|urgent|critical|紧急"},
    {so::task, task_field::priority, "Normal", "medium|moderate|中", ""},
    {so::task, task_field::priority, "Low", "低", "lowest|verylow"},
    {so::task, task_field::type, "Call", "phonecall|calls|phone|电话", ""},
    {so::task, task_field::type, "Email", "mail|emails|sendemail|邮件", ""},
    {so::task, task_field::type, "Meeting", "meetings|appointment|会议", "lunch"},
    {so::task, task_field::type, "", "task|tasks|todo|任务", ""},
    {so::event, event_field::type, "Meeting", "meetings|appointment|会议", "lunch"},
    {so::event, event_field::type, "Call", "phonecall|calls|电话", ""},
    {so::event, event_field::type, "", "event|events", ""},
    {so::contact, contact_field::salutation, "Mr.", "mr|herr|hr|m|monsieur|先生", ""},
    {so::contact, contact_field::salutation, "Ms.", "ms|miss|frau|fr|mlle|mademoiselle|女士|小姐", ""},
    {so::contact, contact_field::salutation, "Mrs.", "mrs|mme|madame|夫人|太太", ""},
    {so::contact, contact_field::salutation, "Dr.", "dr|博士", ""},
    {so::contact, contact_field::salutation, "Prof.", "prof|教授", ""},
    {so::contact, contact_field::salutation, "Mx.", "mx", ""},
    {so::opportunity, opportunity_field::stage, "Closed Lost", "输单", ""},
    // Salesforce's codes differ from the names.
    {so::opportunity, opportunity_field::forecast_category, "Commit", "forecast|commitforecast", ""},
    {so::opportunity, opportunity_field::forecast_category, "BestCase", "mostlikely", ""},
    {so::task, task_field::call_type, "Outbound", "outgoing|outboundcall|呼出", ""},
    {so::task, task_field::call_type, "Inbound", "incoming|inboundcall|呼入", ""},
};

bool has_word(std::string_view words, std::string_view key) {
    const auto parts = split(words, '|');
    return !key.empty() && std::find(parts.begin(), parts.end(), key) != parts.end();
}

// "won't", "gagne", "won" of "Closed - Won", "closedwon", "DealWon": folded, without the word that says but what ended.
std::vector<std::string> words_of(std::string_view text) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_letter = [&](char c) { return is_capital(c) || (c >= 'a' && c <= 'z') || (c & 0x80) != 0 || c == '\''; };
    std::vector<std::string> words;
    for (std::size_t from = 0, i = 1; i <= text.size(); ++i) {
        if (i < text.size() && is_letter(text[i]) && is_letter(text[i - 1]) && (!is_capital(text[i]) || is_capital(text[i - 1]))) continue;
        std::string word = fold_key(text.substr(from, i - from));
        from = i;
        for (const std::string_view what : {"closed", "deal"})
            if (word.starts_with(what)) word.erase(0, what.size());
        if (!word.empty()) words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

std::optional<bool> read_outcome(std::string_view text) {
    constexpr std::string_view won = "won|gewonnen|gagne|gagnee|ganado|ganada|ganho|ganha|vinto|vinta";
    constexpr std::string_view lost = "lost|cancel|canceled|cancelled|abandon|abandoned|rejected|declined|disqualified|verloren|storniert|abgelehnt|perdu|perdue|annule|annulee|"
                                      "perdido|perdida|cancelado|cancelada|perso|persa";
    constexpr std::string_view doubts = "not|wont|yet|be|almost|nearly|likely|probably|nicht|fast|pas|presque|casi|quase|quasi|risk";   // just before such a word
    const std::string key = fold_key(text);
    const auto has_any = [&](std::initializer_list<std::string_view> parts) { return std::ranges::any_of(parts, [&](std::string_view part) { return key.find(part) != std::string::npos; }); };
    const std::vector<std::string> words = words_of(text);
    if (words.empty() || has_word("not|wont", words[0]) || key.starts_with("未")) return std::nullopt;
    if (has_any({"赢单", "成交"})) return true;
    if (has_any({"丢单", "输单", "失败"}) || has_word("loss|losses|dead", words[0])) return false;
    if (words.size() == 1 && has_word("win|signed|success", words[0])) return true;
    if (words.size() == 1 && has_word("lose|cancellation", words[0])) return false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && has_word(doubts, words[i - 1])) continue;
        if (has_word(won, words[i])) return true;
        if (has_word(lost, words[i])) return false;
    }
    return std::nullopt;
}

std::optional<KnownWord> find_known_word(ObjectIndex object, FieldIndex field, std::string_view key) {
    static_assert(lead_field::salutation == contact_field::salutation);
    if (object == so::lead && field == lead_field::salutation) object = so::contact;
    for (const Words& words : all) {
        if (words.object != object || words.field != field) continue;
        if (has_word(words.same, key)) return KnownWord{words.value, true};
        if (has_word(words.near, key)) return KnownWord{words.value, false};
    }
    return std::nullopt;
}

}  // namespace outpost
