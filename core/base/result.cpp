#include "core/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace outpost {

std::string_view to_text(ErrorCode code) {
    switch (code) {
        case ErrorCode::RequiredFieldMissing: return "REQUIRED_FIELD_MISSING";
        case ErrorCode::InvalidField: return "INVALID_FIELD";
        case ErrorCode::InvalidType: return "INVALID_TYPE";
        case ErrorCode::StringTooLong: return "STRING_TOO_LONG";
        case ErrorCode::InvalidEmailAddress: return "INVALID_EMAIL_ADDRESS";
        case ErrorCode::NumberOutsideValidRange: return "NUMBER_OUTSIDE_VALID_RANGE";
        case ErrorCode::InvalidPicklistValue: return "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST";
        case ErrorCode::DuplicateValue: return "DUPLICATE_VALUE";
        case ErrorCode::DuplicatesDetected: return "DUPLICATES_DETECTED";
        case ErrorCode::FieldCustomValidation: return "FIELD_CUSTOM_VALIDATION_EXCEPTION";
        case ErrorCode::EntityIsDeleted: return "ENTITY_IS_DELETED";
        case ErrorCode::InvalidCrossReferenceKey: return "INVALID_CROSS_REFERENCE_KEY";
        case ErrorCode::CannotUpdateConvertedLead: return "CANNOT_UPDATE_CONVERTED_LEAD";
        case ErrorCode::MalformedQuery: return "MALFORMED_QUERY";
        case ErrorCode::MalformedId: return "MALFORMED_ID";
        case ErrorCode::StorageLimitExceeded: return "STORAGE_LIMIT_EXCEEDED";
        case ErrorCode::StorageFailure: return "STORAGE_FAILURE";
        case ErrorCode::JsonParserError: return "JSON_PARSER_ERROR";
        case ErrorCode::UnknownCommand: return "UNKNOWN_COMMAND";
        case ErrorCode::InvalidArgument: return "INVALID_ARGUMENT";
        case ErrorCode::NothingToUndo: return "NOTHING_TO_UNDO";
        case ErrorCode::FieldIntegrity: return "FIELD_INTEGRITY_EXCEPTION";
        case ErrorCode::InvalidFile: return "INVALID_FILE";
        case ErrorCode::Cancelled: return "CANCELLED";
    }
    return "UNKNOWN_ERROR";
}

void assertion_failed(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "Assertion failed: %s (%s:%d)\n", expression, file, line);
    std::fflush(stderr);
    std::abort();
}

}  // namespace outpost
