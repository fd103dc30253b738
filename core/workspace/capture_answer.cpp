#include "core/workspace/capture_answer.h"

#include "core/base/record_id.h"
#include "core/capture/capture.h"
#include "core/workspace/answers.h"

namespace outpost {

Json capture_json(const Workspace& workspace, Clock& clock, const Json& question) {
    const Records& records = workspace.records();
    CaptureContext context{.about = {}, .currency = workspace.currency(), .fiscal_start_month = workspace.fiscal_start_month(), .day_first = question.boolean_or("dayFirst", true)};
    if (const std::string about(question.text_or("about", "")); !about.empty()) {
        const auto id = parse_record_id(about);
        const auto record = id ? records.find(*id) : std::nullopt;
        if (!record) return error_to_json(Error{ErrorCode::InvalidArgument, "error.argument_value", {"about", about}}, workspace.messages());
        context.about = *record;
    }
    const Capture capture = read_capture(question.text_or("text", ""), records, clock, workspace.messages(), context);
    Json answer = Json::object().set("ok", true);
    const auto put = [&](const char* name, RecordRef record) {
        if (record) answer.set(name, to_text(records.id_of(record)));
    };
    put("who", capture.who);
    put("account", capture.account);
    put("opportunity", capture.opportunity);
    Json commands = Json::array(), doubts = Json::array();
    for (Json& command : capture_batch(capture, records).commands) commands.push(std::move(command));
    for (const CaptureDoubt& doubt : capture.doubts) {
        constexpr const char* kinds[] = {"unknownName", "severalFit", "otherCurrency", "noOpportunity", "severalOpportunities", "amountOfProducts"};
        doubts.push(Json::object().set("kind", kinds[static_cast<int>(doubt.kind)]).set("text", doubt.text));
    }
    return answer.set("commands", std::move(commands)).set("doubts", std::move(doubts));
}

}  // namespace outpost
