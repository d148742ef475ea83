# What is no JSON is refused before anything is read from it.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    New-Person json1
    New-Person json2
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'What is no JSON' {
    It 'writes nothing: <_>' -ForEach @(
        '{"userId":"json1","title":"ONE"}{"userId":"json2","lastName":"TWO"}', '{"userId":"json1","status":"f"', '{"userId":"json1","title":"T1",'
        '{"userId":"json1","title":12', '[{"userId":"json1","title":"X"} {"userId":"json2","title":"Y"}]', '{"userId":"json1","title":01}'
        '{"userId":"json1","title":NaN}', '{"userId":"json1","title":"X"}}', '{"userId":"json1","title":"X",}', "{'userId':'json1','title':'X'}"
        '{"userId":"json1","title":"X"} x', '[{"userId":"json1","title":"X"},]', '{"userId":"json1" "title":"X"}', ''
    ) {
        { Save-SAPData $_ } | Should -Throw -ErrorId 'malformedRequest,Save-SAPData'
        $_ | Save-SAPData -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.Count | Should -Be 1
        'json1', 'json2' | ForEach-Object {
            Get-Field $_ title | Should -Be 'Old'
            Get-Field $_ status | Should -Be 't'
        }
    }

    It 'is no configuration: <_>' -ForEach 'without its end', 'with a comma at its end', 'twice' {
        $text = (Get-Content -Raw -Path $env:SFSF_CONFIG).TrimEnd()
        $broken = switch ($_) {
            'without its end' { $text.TrimEnd('}') }
            'with a comma at its end' { $text.TrimEnd('}').TrimEnd() + ',}' }
            'twice' { $text + $text }
        }
        { Test-ConnectorConnection -Configuration $broken } | Should -Throw -ErrorId 'invalidConfiguration,Test-ConnectorConnection'
    }

    It 'names one person: <_>' -ForEach @(
        '{"__metadata":{"uri":"User(''json2'')"},"userId":"json1","title":"ONE"}'
        '{"__metadata":{"uri":"https://host/odata/v2/User(userId=''json2'')"},"userId":"json1","title":"ONE"}'
    ) {
        { Save-SAPData $_ } | Should -Throw -ErrorId 'malformedRequest,Save-SAPData'
    }

    It 'is named by its line and column' {
        $said = { Save-SAPData "{`"userId`":`"json1`",`n `"title`":01}" } | Should -Throw -PassThru
        "$said" | Should -Match 'line 2,? column \d+'
    }
}
