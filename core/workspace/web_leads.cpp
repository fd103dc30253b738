#include "core/workspace/web_leads.h"

#include <algorithm>
#include <map>

#include "core/base/record_id.h"
#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/transfer/csv.h"
#include "core/workspace/answers.h"

namespace outpost {
namespace {

constexpr WebLeadField fields[] = {
    {"first_name", lead_field::first_name, true}, {"last_name", lead_field::last_name, true}, {"email", lead_field::email, true},
    {"company", lead_field::company, true},       {"phone", lead_field::phone, true},         {"mobile", lead_field::mobile_phone, false},
    {"title", lead_field::title, false},          {"street", lead_field::street, false},      {"city", lead_field::city, true},
    {"state", lead_field::state, false},          {"zip", lead_field::postal_code, false},    {"country", lead_field::country, true},
    {"description", lead_field::description, true}};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

std::string hidden_input(std::string_view name, std::string_view value) {
    return "  <input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" + escaped(value) + "\">\n";
}

std::string plain(const Json& value) { return value.is_null() ? std::string() : value.is_string() ? std::string(value.text()) : value.dump(); }

// A JSON list of flat objects (or one of them, or a member that is such a list) as CSV.
Result<std::string> csv_of_json(std::string_view text) {
    OUTPOST_TRY(Json json, parse_json(text));
    if (json.is_object())
        for (const auto& [name, value] : json.members())
            if (value.is_array() && !value.items().empty() && value.items()[0].is_object()) {
                Json list = value;
                json = std::move(list);
                break;
            }
    if (json.is_object()) json = Json::array().push(json);
    std::vector<std::string> names;
    if (!json.is_array()) return fail(ErrorCode::InvalidFile, "error.web_leads");
    for (const Json& item : json.items()) {
        if (!item.is_object()) return fail(ErrorCode::InvalidFile, "error.web_leads");
        for (const auto& [name, value] : item.members())
            if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    if (names.empty()) return fail(ErrorCode::InvalidFile, "error.web_leads");
    std::string csv;
    const auto line = [&](const auto& cell_of) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (i > 0) csv += ',';
            append_csv_cell(csv, cell_of(names[i]));
        }
        csv += "\r\n";
    };
    line([](const std::string& name) { return name; });
    for (const Json& item : json.items())
        line([&](const std::string& name) {
            const Json* value = item.find(name);
            return value ? plain(*value) : std::string();
        });
    return csv;
}

// What a column fills in a candidate for duplicates.
void take_cell(DuplicateCandidate& candidate, const ColumnPlan& mapped, std::string_view value) {
    if (mapped.action == ColumnAction::FullName) {
        auto [first, last] = split_person_name(value);
        candidate.first_name = std::move(first);
        candidate.last_name = std::move(last);
    } else if (mapped.action == ColumnAction::Field) {
        if (std::string* part = text_of(candidate, mapped.field)) *part = value;
    }
}

Status read_rows(const ImportSource& source, const ImportPlan& plan, const Records& records, WebLeadAnswers& answers) {
    std::uint32_t source_column = source.column_count();
    for (std::uint32_t column = 0; column < source.column_count(); ++column) {
        if (column > 0) answers.header += ',';
        append_csv_cell(answers.header, source.headers()[column]);
        if (plan.columns[column].action == ColumnAction::Field && plan.columns[column].field == lead_field::lead_source) source_column = column;
    }
    const bool adds_source = source_column == source.column_count();
    if (adds_source) answers.header += ",lead_source";
    std::map<std::string, std::uint32_t> emails;
    std::string scratch;
    for (std::uint32_t row = 0; row < source.row_count(); ++row) {
        std::string line;
        DuplicateCandidate candidate;
        candidate.object = standard_object::lead;
        for (std::uint32_t column = 0; column < source.column_count(); ++column) {
            std::string_view value = source.cell(row, column, scratch);
            take_cell(candidate, plan.columns[column], value);
            if (column == source_column && value.empty()) value = "Web";
            if (column > 0) line += ',';
            append_csv_cell(line, value);
        }
        if (adds_source) line += ",Web";
        WebLead lead{row + 1, compose_person_name(candidate.first_name, candidate.last_name), candidate.company, candidate.email, {}, 0, {}};
        if (!is_empty(candidate)) lead.duplicates = find_duplicates(candidate, records, 3);
        if (!lead.email.empty()) {
            const auto [known, added] = emails.try_emplace(fold_search(lead.email), lead.row);
            if (!added) lead.same_as = known->second;
        }
        answers.rows.push_back(std::move(line));
        answers.leads.push_back(std::move(lead));
    }
    return {};
}

}  // namespace

std::span<const WebLeadField> web_lead_fields() { return fields; }

std::string web_lead_form(const WebLeadForm& form, const Schema& schema, const Messages& messages) {
    const Object& lead = schema.object(standard_object::lead);
    std::string html = "<form action=\"" + escaped(form.action) + "\" method=\"POST\" accept-charset=\"UTF-8\">\n";
    html += hidden_input("lead_source", form.lead_source);
    if (!form.return_address.empty()) html += hidden_input("retURL", form.return_address);
    for (std::size_t i = 0; i < std::size(fields); ++i) {
        if (i >= form.chosen.size() || !form.chosen[i]) continue;
        const Field& field = lead.field(fields[i].field);
        const std::string name(fields[i].name);
        const std::string rest = " id=\"" + name + "\" name=\"" + name + "\" maxlength=\"" + std::to_string(field.length) + "\"" + (field.required ? " required" : "");
        html += "  <label for=\"" + name + "\">" + escaped(field_label(messages, lead, field)) + "</label>\n";
        const char* type = field.type == FieldType::Email ? "email" : field.type == FieldType::Phone ? "tel" : "text";
        if (field.type == FieldType::LongTextArea || field.type == FieldType::TextArea) html += "  <textarea" + rest + "></textarea><br>\n";
        else html += "  <input type=\"" + std::string(type) + "\"" + rest + "><br>\n";
    }
    return html + "  <button type=\"submit\">" + escaped(messages.text("ui.web.submit")) + "</button>\n</form>\n";
}

Result<WebLeadAnswers> read_web_leads(std::string text, const Records& records, Clock& clock, TextDecoder* decoder) {
    constexpr std::int64_t no_limit_microseconds = std::int64_t{1} << 50;
    const std::string_view begin = trim(text);
    if (begin.empty()) return fail(ErrorCode::InvalidFile, "error.web_leads");
    if (begin.front() == '[' || begin.front() == '{') {
        OUTPOST_TRY(text, csv_of_json(begin));
    }
    ImportSource source(std::move(text), {}, decoder, clock);
    while (!source.is_done()) OUTPOST_CHECK(source.step(no_limit_microseconds));
    if (source.row_count() == 0) return fail(ErrorCode::InvalidFile, "import.no_rows");
    const ImportPlan plan = make_import_plan(source, records, standard_object::lead);
    WebLeadAnswers answers;
    OUTPOST_CHECK(read_rows(source, plan, records, answers));
    return answers;
}

namespace {

Result<ImportReport> run_web_leads(const WebLeadAnswers& answers, const std::vector<bool>& wanted, Json options, const Records& records, Editor& editor,
                                   Clock& clock, const Messages& messages) {
    std::string csv = answers.header + "\r\n";
    for (std::size_t row = 0; row < answers.rows.size(); ++row)
        if (row < wanted.size() && wanted[row]) csv += answers.rows[row] + "\r\n";
    return run_import(std::move(csv), standard_object::lead, options.set("encoding", "UTF-8").set("delimiter", ","), records, editor, clock, messages, nullptr);
}

}  // namespace

Status find_faults(WebLeadAnswers& answers, const Records& records, Editor& editor, Clock& clock, const Messages& messages) {
    OUTPOST_TRY(const ImportReport report, run_web_leads(answers, std::vector<bool>(answers.rows.size(), true), Json::object().set("dryRun", true), records, editor, clock, messages));
    for (const ImportReport::BadRow& bad : report.bad_rows) answers.leads[bad.row].faults = bad.reason;
    return {};
}

Result<ImportReport> import_web_leads(const WebLeadAnswers& answers, const std::vector<bool>& wanted, const Records& records, Editor& editor,
                                      Clock& clock, const Messages& messages) {
    return run_web_leads(answers, wanted, Json::object(), records, editor, clock, messages);
}

Json web_leads_json(const Json& question, const Records& records, Editor& editor, Clock& clock, const Messages& messages, Sequence& sequence) {
    sequence = 0;
    const auto answers = read_web_leads(std::string(question.text_or("text", "")), records, clock, nullptr);
    if (!answers) return error_to_json(answers.error(), messages);
    const bool leaves_out = question.boolean_or("leaveOutDuplicates", false);
    std::vector<bool> wanted;
    Json duplicates = Json::array();
    for (const WebLead& lead : answers->leads) {
        wanted.push_back(!leaves_out || !lead.is_duplicate());
        if (!lead.is_duplicate()) continue;
        Json out = Json::object().set("row", std::uint64_t{lead.row}).set("name", lead.name);
        if (lead.same_as != 0) out.set("sameAsRow", std::uint64_t{lead.same_as});
        if (!lead.duplicates.empty()) {
            const Duplicate& best = lead.duplicates[0];
            out.set("object", records.schema().object(best.record.object).name).set("id", to_text(records.id_of(best.record))).set("score", best.score);
        }
        duplicates.push(std::move(out));
    }
    Json answer = Json::object().set("ok", true).set("total", static_cast<std::uint64_t>(wanted.size()));
    const bool any = std::ranges::find(wanted, true) != wanted.end();
    if (any) {
        Json options = Json::object();
        if (question.boolean_or("dryRun", false)) options.set("dryRun", true);
        const auto report = run_web_leads(*answers, wanted, std::move(options), records, editor, clock, messages);
        if (!report) return error_to_json(report.error(), messages);
        answer = report_to_json(*report);
        sequence = report->outcome.sequence;
    }
    return answer.set("duplicates", std::move(duplicates));
}

}  // namespace outpost
