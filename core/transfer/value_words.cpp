#include "core/transfer/value_words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard_call.h"

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

}  // namespace

std::optional<KnownWord> find_known_word(ObjectIndex object, FieldIndex field, std::string_view key) {
    for (const Words& words : all) {
        if (words.object != object || words.field != field) continue;
        if (has_word(words.same, key)) return KnownWord{words.value, true};
        if (has_word(words.near, key)) return KnownWord{words.value, false};
    }
    return std::nullopt;
}

}  // namespace outpost
