#include "core/workspace/find_duplicates.h"

#include <algorithm>

#include "core/base/record_id.h"
#include "core/base/text.h"
#include "core/edit/command.h"
#include "core/matching/duplicates.h"
#include "core/objects/standard.h"
#include "core/workspace/answers.h"

namespace outpost {
namespace {

constexpr std::int64_t limit_default = 10, limit_max = 2000;

std::string_view to_text(DuplicateReason reason) {
    static constexpr std::string_view names[] = {"SameEmail", "SamePhone", "SameName", "SimilarFirstName", "SimilarLastName", "NamesSwapped", "SameCompany",
                                                 "SimilarCompany", "SameEmailDomain", "SameTitle", "SameAddress", "SameWebsite", "SimilarName", "SameField"};
    return names[static_cast<std::size_t>(reason)];
}

Status take_field(DuplicateCandidate& candidate, const Object& object, const std::string& name, const std::string& text, const Records& records) {
    const bool contact = object.index == standard_object::contact;
    if (contact && equals_ignoring_ascii_case(name, "Account.Name")) {
        candidate.company = text;
        return {};
    }
    const Field* field = object.find_field(name);
    if (!field) return fail(ErrorCode::InvalidField, "error.unknown_field", {name, object.name});
    if (can_compare(*field) && !text.empty())
        if (const auto value = parse_text_value(text, *field, object, records)) set_compared(candidate, records, *field, *value);
    if (contact && field->index == contact_field::account) {
        if (text.empty()) return {};
        const std::optional<RecordId> id = parse_record_id(text);
        const auto account = id && id->object() == standard_object::account ? records.find(*id) : std::nullopt;
        if (!account) return fail(ErrorCode::MalformedId, "error.malformed_record_id", {text});
        candidate.company = records.display_name(*account);
    } else if (std::string* part = text_of(candidate, field->index)) {
        *part = text;
    }
    return {};
}

Result<DuplicateCandidate> read_question(const Json& question, const Records& records) {
    const std::string name(question.text_or("object", ""));
    const Object* object = records.schema().find_object(name);
    if (!object) return fail(ErrorCode::InvalidType, "error.unknown_object", {name});
    if (object->index != standard_object::lead && object->index != standard_object::contact && object->index != standard_object::account)
        return fail(ErrorCode::InvalidArgument, "error.member_wrong", {"object"});
    if (const Json* text = question.find("id")) {
        const std::optional<RecordId> id = parse_record_id(text->text());
        const auto record = id && id->object() == object->index ? records.find(*id) : std::nullopt;
        if (!record) return fail(ErrorCode::MalformedId, "error.malformed_record_id", {text->text()});
        return candidate_of(records, *record);
    }
    DuplicateCandidate candidate;
    candidate.object = object->index;
    const Json* fields = question.find("fields");
    if (!fields || !fields->is_object()) return fail(ErrorCode::InvalidArgument, "error.member_not_object", {"fields"});
    for (const auto& [field, value] : fields->members()) {
        const Field* known = object->find_field(field);
        const bool other_type = known && !known->is_text() && !value.is_array() && !value.is_object();   // a number, a checkbox
        if (!value.is_null() && !value.is_string() && !other_type) return fail(ErrorCode::InvalidArgument, "error.member_wrong", {field});
        OUTPOST_CHECK(take_field(candidate, *object, field, value.is_null() ? std::string() : value.is_string() ? std::string(value.text()) : value.dump(), records));
    }
    return candidate;
}

}  // namespace

Json find_duplicates_json(const Json& question, const Records& records, const Messages& messages) {
    const Result<DuplicateCandidate> candidate = read_question(question, records);
    if (!candidate) return error_to_json(candidate.error(), messages);
    const std::int64_t limit = std::clamp<std::int64_t>(question.integer_or("limit", limit_default), 1, limit_max);
    Json list = Json::array();
    for (const Duplicate& duplicate : find_duplicates(*candidate, records, static_cast<std::size_t>(limit))) {
        Json reasons = Json::array();
        for (const DuplicateReason reason : duplicate.reasons) reasons.push(to_text(reason));
        list.push(Json::object()
                      .set("object", records.schema().object(duplicate.record.object).name)
                      .set("id", outpost::to_text(records.id_of(duplicate.record)))
                      .set("name", records.display_name(duplicate.record))
                      .set("score", duplicate.score)
                      .set("reasons", std::move(reasons))
                      .set("rule", duplicate.rule ? Json(records.display_name(duplicate.rule)) : Json()));
    }
    return Json::object().set("ok", true).set("duplicates", std::move(list));
}

}  // namespace outpost
