#include "core/objects/standard_builder.h"
#include "core/objects/standard_list_view.h"
#include "core/objects/standard_segment.h"
#include "core/objects/standard_values.h"

namespace outpost {

namespace {

namespace so = standard_object;

Object make_group() {
    using namespace group_field;
    StandardObjectBuilder b(so::group, "Group", "user");
    b.add_name(80);
    b.add_picklist(type, "Type", standard_values::group_types()).required = true;
    b.add_lookup(last_assigned, "LastAssignedMemberId", {so::group_member}, "LastAssignedMember", "").system = true;
    b.add(description, "Description", FieldType::TextArea, 255);
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_group_member() {
    using namespace group_member_field;
    StandardObjectBuilder b(so::group_member, "GroupMember", "user");
    b.add_lookup(group, "GroupId", {so::group}, "Group", "GroupMembers", FieldType::MasterDetail).required = true;
    Field& who = b.add_lookup(member, "UserOrGroupId", {so::user, so::group}, "UserOrGroup", "GroupMemberships");
    who.required = who.name_field = true;
    b.add(is_working, "IsWorking", FieldType::Checkbox).default_value = "true";
    b.object().name_field = member;
    b.object().hidden = true;
    return std::move(b.object());
}

// Salesforce's rule entries, which only its Metadata API knows, as records; there is one rule.
Object make_assignment_rule_entry() {
    using namespace assignment_rule_entry_field;
    StandardObjectBuilder b(so::assignment_rule_entry, "AssignmentRuleEntry", "lead");
    b.add_name(80);
    b.add_number(sort_order, "SortOrder", FieldType::Number, 9, 0).required = true;
    b.add(is_active, "IsActive", FieldType::Checkbox).default_value = "true";
    b.add(criteria, "Criteria", FieldType::LongTextArea, 4000);
    b.add_lookup(assigned_to, "AssignedToId", {so::user, so::group}, "AssignedTo", "AssignmentRuleEntries").required = true;
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_duplicate_rule() {
    using namespace duplicate_rule_field;
    StandardObjectBuilder b(so::duplicate_rule, "DuplicateRule", "lead");
    b.add_name(80);
    b.add_picklist(applies_to, "AppliesTo", standard_values::duplicate_rule_objects()).required = true;
    b.add(is_active, "IsActive", FieldType::Checkbox).default_value = "true";
    Field& compared = b.add(comparisons, "Comparisons", FieldType::MultiselectPicklist, 4099);
    compared.values = standard_values::duplicate_rule_comparisons();
    b.add(compared_fields, "ComparedFields", FieldType::Text, 1000);
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_list_view() {
    using namespace list_view_field;
    StandardObjectBuilder b(so::list_view, "ListView", "list");
    b.add_name(80);
    b.add_owner();
    b.add(sobject_type, "SobjectType", FieldType::Text, 80).required = true;
    b.add(filter, "Filter", FieldType::LongTextArea, 4000);
    b.add(criteria, "Criteria", FieldType::LongTextArea, 4000);
    b.add(columns, "Columns", FieldType::LongTextArea, 4000);
    b.add(sort_by, "SortBy", FieldType::Text, 80);
    b.add(group_by, "GroupBy", FieldType::Text, 80);
    b.add(is_shared, "IsShared", FieldType::Checkbox);
    b.add(is_pinned, "IsPinned", FieldType::Checkbox);
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_segment() {
    StandardObjectBuilder b(so::segment, "Segment", "tag");
    b.add_name(80);
    b.add_owner();
    b.add(segment_field::description, "Description", FieldType::LongTextArea, 32000);
    return std::move(b.object());
}

Object make_segment_member() {
    using namespace segment_member_field;
    StandardObjectBuilder b(so::segment_member, "SegmentMember", "tag");
    b.add_lookup(segment, "SegmentId", {so::segment}, "Segment", "SegmentMembers", FieldType::MasterDetail).required = true;
    Field& who = b.add_lookup(member, "MemberId", {so::lead, so::account, so::contact, so::opportunity}, "Member", "SegmentMemberships", FieldType::MasterDetail);
    who.required = who.name_field = true;
    b.object().name_field = member;
    b.object().hidden = true;
    return std::move(b.object());
}

}  // namespace

std::vector<Object> make_setup_objects() {
    std::vector<Object> made;
    for (auto* make : {make_group, make_group_member, make_assignment_rule_entry, make_duplicate_rule, make_list_view, make_segment, make_segment_member}) made.push_back(make());
    return made;
}

}  // namespace outpost
