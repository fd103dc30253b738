#include "shell/web/scripting.h"

#include <algorithm>

#include "core/base/record_id.h"
#include "core/transfer/sample_data.h"
#include "core/workspace/answers.h"
#include "core/workspace/backup.h"
#include "core/workspace/find_duplicates.h"
#include "core/workspace/calendar_answer.h"
#include "core/workspace/capture_answer.h"
#include "core/workspace/feed_answer.h"
#include "core/workspace/forecast_answer.h"
#include "core/workspace/routing_answer.h"
#include "core/workspace/web_leads.h"
#include "shell/common/answer_table.h"
#include "shell/common/import_script.h"

namespace outpost {

WorkspaceScripting::WorkspaceScripting(Workspace& workspace, Storage& storage, Clock& clock, TextDecoder& decoder,
                                       std::function<void()> wake)
    : workspace_(workspace), storage_(storage), clock_(clock), decoder_(decoder), wake_(std::move(wake)) {}

std::string WorkspaceScripting::error_text(const Error& error) const { return error_to_json(error, workspace_.messages()).dump(); }

ScriptAnswer WorkspaceScripting::refused() const {
    return {error_text(Error{ErrorCode::StorageFailure, taken_ ? "error.storage.taken" : "error.storage.reload", {}}), 0};
}

ScriptAnswer WorkspaceScripting::execute(std::string_view command_json) {
    if (replaced_) return refused();
    const auto json = parse_json(command_json);
    if (!json) return {error_text(json.error()), 0};
    Sequence sequence = 0;
    const Json answer = workspace_.execute_json(*json, sequence);
    // Written at once, not at the next frame: the script waits for it.
    storage_.flush();
    wake_();
    return {answer.dump(), sequence};
}

ScriptRows WorkspaceScripting::query(std::string_view soql) {
    ScriptRows rows;
    auto columns = workspace_.query_columns(soql);
    if (columns) rows.columns = *std::move(columns);
    else rows.json = workspace_.query_json(soql);
    return rows;
}

std::string WorkspaceScripting::describe(std::string_view object) { return workspace_.describe_json(object).dump(); }

void WorkspaceScripting::import_file(std::string_view name, std::shared_ptr<ByteSource> bytes, std::string_view options_json,
                                     std::function<void(ScriptAnswer)> done) {
    if (replaced_) return done(refused());
    const auto options = parse_json(options_json);
    if (!options) return done({error_text(options.error()), 0});
    Sequence sequence = 0;
    const Json answer = import_by_script(workspace_, clock_, decoder_, name, *bytes, *options, sequence);
    storage_.flush();
    wake_();
    done({answer.dump(), sequence});
}

void WorkspaceScripting::export_data(std::string_view options_json, std::function<void(std::string, std::string)> done) {
    const auto options = parse_json(options_json);
    if (!options) return done(error_text(options.error()), {});
    const std::string object_name(options->text_or("object", ""));
    const std::string format(options->text_or("format", "json"));
    if (format != "csv" && format != "json") return done(error_text(Error{ErrorCode::InvalidArgument, "error.argument_value", {"format", format}}), {});
    const auto text_of = [&](const Object& object) {
        const std::string soql = "SELECT FIELDS(ALL) FROM " + object.name;
        std::string text = workspace_.query_json(soql);
        if (format == "csv")
            if (const auto answer = parse_json(text)) text = answer_as_csv(*answer, soql, workspace_.records(), options->boolean_or("exact", false) ? CsvCells::Exact : CsvCells::Spreadsheet);
        return text;
    };
    if (!object_name.empty()) {
        const Object* object = workspace_.schema().find_object(object_name);
        if (!object) return done(error_text(Error{ErrorCode::InvalidType, "error.unknown_object", {object_name}}), {});
        return done(Json::object().set("ok", true).set("name", object->name + "." + format).dump(), text_of(*object));
    }
    Json files = Json::array();
    for (const ObjectIndex index : workspace_.schema().objects()) {
        const Object& object = workspace_.schema().object(index);
        if (workspace_.records().table(index).live_count() > 0) files.push(Json::object().set("name", object.name + "." + format).set("text", text_of(object)));
    }
    done(Json::object().set("ok", true).set("files", std::move(files)).dump(), {});
}

void WorkspaceScripting::backup(std::function<void(std::string, std::string)> done) {
    const Bytes bytes = make_backup(workspace_);
    done(Json::object().set("ok", true).set("seq", workspace_.applied_sequence()).dump(), std::string(bytes.begin(), bytes.end()));
}

void WorkspaceScripting::restore(std::shared_ptr<ByteSource> source, std::function<void(ScriptAnswer)> done) {
    if (replaced_) return done(refused());
    Bytes bytes(source->size());
    if (!source->read(0, bytes)) return done({error_text(Error{ErrorCode::InvalidFile, "error.backup.unreadable", {}}), 0});
    restore_backup(storage_, workspace_.applied_sequence(), bytes, [this, done = std::move(done)](Result<Sequence> sequence) {
        if (!sequence) return done({error_text(sequence.error()), 0});
        replaced_ = has_replaced_ = true;
        wake_();
        done({Json::object().set("ok", true).set("seq", *sequence).set("reload", true).dump(), 0});
    });
}

ScriptAnswer WorkspaceScripting::give_up() {
    taken_ = !replaced_;
    replaced_ = true;
    return refused();
}

void WorkspaceScripting::call(std::string_view name, std::string_view json, std::function<void(ScriptAnswer)> done) {
    const auto options = parse_json(json.empty() ? "{}" : json);
    if (!options) return done({error_text(options.error()), 0});
    if (name == "verify") {
        Json faults = Json::array();
        for (const std::string& fault : workspace_.database().verify()) faults.push(fault);
        const bool whole = faults.items().empty();
        return done({Json::object().set("ok", whole).set("seq", workspace_.applied_sequence()).set("faults", std::move(faults)).dump(), 0});
    }
    if (name == "generate") {
        if (replaced_) return done(refused());
        constexpr std::int64_t opportunities_max = 5'000'000;   // as many as the page's memory has room for
        for (const std::string_view member : {"opportunities", "seed"})
            if (const std::int64_t given = options->integer_or(member, options->find(member) ? -1 : 0); given < 0 || (member == "opportunities" && given > opportunities_max))
                return done({error_text(Error{ErrorCode::InvalidArgument, "error.argument_value", {std::string(member), options->find(member)->dump()}}), 0});
        const auto outcome = create_sample_data(workspace_.editor(), {.opportunities = static_cast<std::uint32_t>(options->integer_or("opportunities", 400)),
                                                                      .seed = static_cast<std::uint64_t>(options->integer_or("seed", 1)),
                                                                      .today = workspace_.today()});
        storage_.flush();
        wake_();
        if (!outcome) return done({error_text(outcome.error()), 0});
        return done({Json::object().set("ok", true).set("seq", outcome->sequence).set("count", outcome->record_count).dump(), outcome->sequence});
    }
    if (name == "findDuplicates") return done({find_duplicates_json(*options, workspace_.records(), workspace_.messages()).dump(), 0});
    if (name == "forecast") return forecast_json(workspace_, *options, [done = std::move(done)](const Json& answer) { done({answer.dump(), 0}); });
    if (name == "routing") return done({routing_json(workspace_, *options).dump(), 0});
    if (name == "taskFeed") return done({task_feed_json(workspace_, clock_, *options).dump(), 0});
    if (name == "reminders") return done({reminders_json(workspace_, clock_).dump(), 0});
    if (name == "calendar") return done({calendar_json(workspace_, clock_, *options).dump(), 0});
    if (name == "capture") return done({capture_json(workspace_, clock_, *options).dump(), 0});
    if (name == "webLeads") {
        if (replaced_) return done(refused());
        Sequence sequence = 0;
        const Json answer = web_leads_json(*options, workspace_.records(), workspace_.editor(), clock_, workspace_.messages(), sequence);
        storage_.flush();
        wake_();
        return done({answer.dump(), sequence});
    }
    if (name == "history") return record_history(*options, std::move(done));
    if (name == "compact")
        return workspace_.database().compact([this, done = std::move(done)](const Status& status) {
            done({status ? Json::object().set("ok", true).set("seq", workspace_.applied_sequence()).dump() : error_text(status.error()), 0});
        });
    if (name == "erase")
        return storage_.erase_all([this, done = std::move(done)](Status erased) {
            replaced_ = true;
            has_replaced_ = erased.has_value();
            wake_();
            if (!erased) return done({error_text(erased.error()), 0});
            Json answer = Json::object().set("ok", true).set("reload", true);
            if (storage_.failure_detail() == "other_copy") answer.set("message", workspace_.messages().text("error.storage.erased_one"));
            done({answer.dump(), 0});
        });
    done({error_text(Error{ErrorCode::UnknownCommand, "error.unknown_call", {std::string(name)}}), 0});
}

// {object, id, limit?}: what happened to one record, newest first.
void WorkspaceScripting::record_history(const Json& options, std::function<void(ScriptAnswer)> done) {
    const std::string_view object_name = options.text_or("object", ""), id_text = options.text_or("id", "");
    const Object* object = workspace_.schema().find_object(object_name);
    if (!object) return done({error_text(Error{ErrorCode::InvalidType, "error.unknown_object", {std::string(object_name)}}), 0});
    const auto id = parse_record_id(id_text);
    const auto record = id && id->object() == object->index ? workspace_.records().find(*id) : std::nullopt;
    if (!record) return done({error_text(Error{ErrorCode::MalformedId, "error.malformed_record_id", {std::string(id_text)}}), 0});
    const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(1, options.integer_or("limit", 100'000)));
    load_record_history(workspace_.database(), workspace_.records(), {1, workspace_.applied_sequence()}, *record, limit,
                        [this, record = *record, done = std::move(done)](Result<RecordHistory> history) {
        if (!history) return done({error_text(history.error()), 0});
        done({record_history_to_json(*history, workspace_.schema().object(record.object), workspace_.records()).dump(), 0});
    });
}

std::string WorkspaceScripting::ready_json() const {
    std::uint64_t records = 0;
    for (const ObjectIndex object : workspace_.schema().objects()) records += workspace_.records().table(object).live_count();
    return Json::object().set("version", "0.1.0").set("records", records).set("durable_seq", workspace_.durable_sequence()).dump();
}

}  // namespace outpost
