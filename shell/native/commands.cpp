#include "shell/native/commands.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>

#include "core/base/text.h"
#include "core/transfer/sample_data.h"
#include "core/workspace/answers.h"
#include "core/workspace/backup.h"
#include "core/workspace/find_duplicates.h"
#include "core/workspace/calendar_answer.h"
#include "core/workspace/capture_answer.h"
#include "core/workspace/feed_answer.h"
#include "core/workspace/forecast_answer.h"
#include "core/workspace/routing_answer.h"
#include "shell/common/answer_table.h"
#include "shell/native/files.h"
#include "shell/native/line_reader.h"

namespace outpost {
namespace {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void print_line(std::string_view text) {
    print(text);
    print("\n");
}

// The message of an answer that was refused, "" of one that was not.
std::string refusal(const Json& answer) {
    const Json* error = answer.find("error");
    if (answer.boolean_or("ok", true) || !error) return {};
    return std::string(error->text_or("message", ""));
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Json execute_line(Session& session, std::string_view line) {
    const auto json = parse_json(session.text_decoder.compose(line));
    if (!json) return error_to_json(json.error(), session.workspace.messages());
    Sequence sequence = 0;
    return session.workspace.execute_json(*json, sequence);
}

// Answers are printed only when their edits are on the disk.
bool print_answers(Session& session, std::vector<Json>& answers) {
    std::string problem;
    const bool durable = session.settle(problem);
    bool refused = !durable;
    for (const Json& answer : answers) {
        const std::string message = refusal(answer);
        if (!message.empty()) refuse(message);
        refused = refused || !message.empty();
        if (durable || !message.empty()) print_line(answer.dump());
    }
    answers.clear();
    if (!durable) refuse(problem);
    return !refused;
}

std::string argument_or_nothing(const Arguments& arguments) { return arguments.positional.empty() ? "{}" : arguments.positional[0]; }

// Prints the answer to a question in JSON, or why there is none.
int ask(Session& session, const std::string& text, const std::function<Json(const Json&)>& answer_to) {
    const auto question = parse_json(session.text_decoder.compose(text));
    if (!question) return refuse(session.workspace.messages().error(question.error()));
    const Json answer = answer_to(*question);
    if (const std::string message = refusal(answer); !message.empty()) return refuse(message);
    print_line(answer.dump());
    return 0;
}

}  // namespace

int refuse(std::string_view message) {
    std::fprintf(stderr, "outpost: %.*s\n", static_cast<int>(message.size()), message.data());
    return 1;
}

bool write_text_file(const std::string& path, std::string_view text) {
    if (replace_file(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()})) return true;
    refuse("could not write " + path + ": " + std::strerror(errno));
    return false;
}

int run_query(Session& session, const Arguments& arguments) {
    const std::string format = arguments.option("--format").value_or("json");
    const std::string soql = session.text_decoder.compose(arguments.positional[0]), text = session.workspace.query_json(soql);
    const bool refused = text.starts_with("{\"ok\":false");
    const auto answer = format == "json" && !refused ? Result<Json>(Json()) : parse_json(text);
    if (refused) return refuse(answer ? refusal(*answer) : text);
    if (format == "json") print_line(text);
    else print(format == "csv" ? answer_as_csv(*answer, soql, session.workspace.records()) : answer_as_table(*answer));
    return 0;
}

int run_execute(Session& session, const Arguments& arguments) {
    constexpr std::size_t answers_max = 256;  // edits that share one sync of the disk
    std::vector<Json> answers;
    if (arguments.positional[0] != "-") {
        answers.push_back(execute_line(session, arguments.positional[0]));
        return print_answers(session, answers) ? 0 : 1;
    }
    bool all_done = true;
    LineReader lines(STDIN_FILENO);
    for (std::string line; lines.next(line);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos) answers.push_back(execute_line(session, line));
        if (answers.empty() || (answers.size() < answers_max && lines.has_next())) continue;
        all_done = print_answers(session, answers) && all_done;
        std::fflush(stdout);
    }
    return all_done ? 0 : 1;
}

int run_duplicates(Session& session, const Arguments& arguments) {
    return ask(session, arguments.positional[0], [&](const Json& question) { return find_duplicates_json(question, session.workspace.records(), session.workspace.messages()); });
}

int run_forecast(Session& session, const Arguments& arguments) {
    const auto question = parse_json(arguments.positional.empty() ? "{}" : arguments.positional[0]);
    if (!question) return refuse(session.workspace.messages().error(question.error()));
    int status = 1;
    // The file storage answers at once.
    forecast_json(session.workspace, *question, [&](const Json& answer) {
        if (const std::string message = refusal(answer); !message.empty()) {
            refuse(message);
            return;
        }
        print_line(answer.dump());
        status = 0;
    });
    return status;
}

int run_calendar(Session& session, const Arguments& arguments) {
    return ask(session, argument_or_nothing(arguments), [&](const Json& question) { return calendar_json(session.workspace, session.clock, question); });
}

// The line as it is, or the question in JSON.
int run_capture(Session& session, const Arguments& arguments) {
    const std::string& text = arguments.positional[0];
    return ask(session, text.starts_with('{') ? text : Json::object().set("text", text).dump(), [&](const Json& question) { return capture_json(session.workspace, session.clock, question); });
}

int run_tasks(Session& session, const Arguments& arguments) {
    return ask(session, argument_or_nothing(arguments), [&](const Json& question) { return task_feed_json(session.workspace, session.clock, question); });
}

int run_routing(Session& session, const Arguments& arguments) {
    return ask(session, argument_or_nothing(arguments), [&](const Json& question) { return routing_json(session.workspace, question); });
}

int run_describe(Session& session, const Arguments& arguments) {
    const Json answer = session.workspace.describe_json(arguments.positional.empty() ? "" : arguments.positional[0]);
    if (const std::string message = refusal(answer); !message.empty()) return refuse(message);
    print_line(answer.dump(2));
    return 0;
}

int run_generate(Session& session, const Arguments& arguments) {
    const auto opportunities = parse_count(arguments.option("--opportunities").value_or("400"));
    const auto seed = parse_count(arguments.option("--seed").value_or("1"));
    if (!opportunities || *opportunities > 50'000'000 || !seed) return refuse("--opportunities and --seed take whole numbers");
    Editor& editor = session.workspace.editor();
    const auto outcome = arguments.has("--remove") ? remove_sample_data(editor)
                                                   : create_sample_data(editor, {.opportunities = static_cast<std::uint32_t>(*opportunities), .seed = *seed,
                                                                                 .today = session.workspace.today()});
    if (!outcome) return refuse(session.workspace.messages().error(outcome.error()));
    if (std::string problem; !session.settle(problem)) return refuse(problem);
    print_line(Json::object().set("ok", true).set("seq", outcome->sequence).set("count", outcome->record_count).dump());
    return 0;
}

int run_verify(Session& session, const Arguments&) {
    const std::vector<std::string> faults = session.workspace.database().verify();
    Json answer = Json::object();
    answer.set("ok", faults.empty() && session.report.clean() && !session.storage.journal_missing());
    answer.set("seq", session.workspace.applied_sequence());
    answer.set("entriesReplayed", static_cast<std::int64_t>(session.report.entries_replayed));
    answer.set("entriesDamaged", static_cast<std::int64_t>(session.report.entries_damaged));
    answer.set("snapshotDamaged", session.report.snapshot_damaged);
    answer.set("journalMissing", session.storage.journal_missing());
    answer.set("damagedKept", static_cast<std::uint64_t>(session.workspace.database().damaged().size()));
    Json list = Json::array();
    for (const std::string& fault : faults) {
        list.push(fault);
        refuse(fault);
    }
    answer.set("faults", std::move(list));
    print_line(answer.dump());
    return answer.boolean_or("ok", false) ? 0 : 1;
}

int run_backup(Session& session, const Arguments& arguments) {
    const Bytes bytes = make_backup(session.workspace);
    if (!write_text_file(arguments.positional[0], {reinterpret_cast<const char*>(bytes.data()), bytes.size()})) return 1;
    print_line(Json::object().set("ok", true).set("bytes", static_cast<std::uint64_t>(bytes.size())).dump());
    return 0;
}

int run_restore(Session& session, const Arguments& arguments) {
    std::ifstream file(arguments.positional[0], std::ios::binary);
    if (!file) return refuse("could not read " + arguments.positional[0]);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    int status = 1;
    restore_backup(session.storage, session.workspace.applied_sequence(), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, [&](Result<Sequence> sequence) {
        if (!sequence) {
            refuse(session.workspace.messages().error(sequence.error()));
            return;
        }
        print_line(Json::object().set("ok", true).set("seq", *sequence).dump());
        status = 0;
    });
    return status;
}

int run_export(Session& session, const Arguments& arguments) {
    const std::string format = arguments.option("--format").value_or("csv");
    if (format != "csv" && format != "json") return refuse("--format takes csv or json");
    const std::optional<std::string> only = arguments.option("--object");
    if (only && !session.workspace.schema().find_object(*only)) return refuse("there is no object " + *only);
    if (!only && arguments.positional.empty()) return refuse("export needs a folder, or --object O for standard output");
    for (const ObjectIndex index : session.workspace.schema().objects()) {
        const Object& object = session.workspace.schema().object(index);
        if (only && !equals_ignoring_ascii_case(*only, object.name)) continue;
        if (session.workspace.records().table(index).live_count() == 0 && !only) continue;
        const std::string soql = "SELECT FIELDS(ALL) FROM " + object.name;
        std::string text = session.workspace.query_json(soql);
        if (format == "csv") {
            const auto answer = parse_json(text);
            if (!answer) return refuse(session.workspace.messages().error(answer.error()));
            text = answer_as_csv(*answer, soql, session.workspace.records());
        }
        const std::string path = arguments.positional.empty() ? "" : arguments.positional[0] + "/" + object.name + "." + format;
        if (path.empty()) print(text);
        else if (!write_text_file(path, text)) return 1;
    }
    return 0;
}

}  // namespace outpost
