# Pester tests of the module against a tenant. The suite "powershell" of the crate "tests" starts the tenant, puts the
# module together and says where both are: SFSF_TEST_MODULE is the folder of the module, SFSF_CONFIG a configuration.

BeforeAll {
    Import-Module -Name (Join-Path -Path $env:SFSF_TEST_MODULE -ChildPath 'SapSuccessFactors.psd1') -Force
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'The module' {
    It 'exports ten functions and nothing else' {
        $module = Get-Module -Name SapSuccessFactors
        $module.ExportedFunctions.Count | Should -Be 10
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'has help with an example for <_>' -ForEach @(
        'Get-SAPData', 'Save-SAPData', 'Save-Identity', 'Search-Data', 'Remove-Identity', 'Reset-IdentityPassword',
        'Test-IdentityPassword', 'Suspend-Identity', 'Resume-Identity', 'Test-ConnectorConnection'
    ) {
        $help = Get-Help -Name $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
    }
}

Describe 'Saving and searching' {
    It 'saves a table and finds it again' {
        (Save-SAPData @{ userId = 'posh'; username = 'posh'; status = 't'; title = 'CTO' }).Action | Should -Be 'created'
        $found = Get-SAPData -Identity posh -Fields title
        $found.title | Should -Be 'CTO'
        $found.status | Should -Be 't'
    }

    It 'saves objects and JSON from the pipeline' {
        $objects = [pscustomobject]@{ userId = 'posh1'; username = 'posh1'; status = 't' },
        [pscustomobject]@{ userId = 'posh2'; username = 'posh2'; status = 't' }
        ($objects | Save-SAPData).Action | Should -Be @('created', 'created')
        ('{"userId":"posh1","title":"CEO"}' | Save-SAPData).Changed | Should -Be 'title'
    }

    It 'writes nothing with -WhatIf' {
        Save-SAPData @{ userId = 'nobody.yet'; username = 'nobody.yet'; status = 't' } -WhatIf
        Get-SAPData -Identity nobody.yet | Should -BeNullOrEmpty
        Suspend-Identity -Identity sfapi -WhatIf
        (Get-SAPData -Identity sfapi).status | Should -Be 't'
    }

    It 'says the words of the protocol as texts' {
        $saved = Save-SAPData @{ userId = 'words'; username = 'words'; status = 't' }
        foreach ($word in $saved.Action, $saved.PresenceBefore, $saved.Presence) { $word | Should -BeOfType [string] }
        $saved.Action, $saved.PresenceBefore, $saved.Presence | Should -BeExactly @('created', 'not_found', 'active')
        ($saved.PresenceBefore -eq 'not_found') | Should -BeTrue
        ('not_found' -eq $saved.PresenceBefore) | Should -BeTrue
        ($saved | ConvertTo-Json | ConvertFrom-Json).PresenceBefore | Should -BeExactly 'not_found'
        "$((Test-ConnectorConnection).Outcome | Sort-Object -Unique)" | Should -BeExactly 'ok'
        $failure = { Suspend-Identity -Identity nobody } | Should -Throw -PassThru
        $words = $failure.Exception.Kind, $failure.Exception.Retry, $failure.Exception.Effect, $failure.Exception.Operation
        $words | Should -BeExactly @('not_found', 'never', 'not_applied', 'suspend')
        ($failure.Exception.Effect -eq 'not_applied') | Should -BeTrue
    }

    It 'lets a pipeline be left early' {
        @(Get-SAPData -Filter '*' | Select-Object -First 3).Count | Should -Be 3
    }

    It 'says what went wrong with a word of OpenIAM' {
        { Suspend-Identity -Identity nobody } | Should -Throw -ErrorId 'noSuchIdentifier,Suspend-Identity'
        { Save-SAPData '{"userId":"sfapi","manager":"nobody"}' } | Should -Throw -ErrorId 'invalidAttribute,Save-SAPData'
        { Test-IdentityPassword } | Should -Throw -ErrorId 'unsupportedOperation,Test-IdentityPassword'
    }
}

Describe 'The functions of the generic connector of OpenIAM' {
    BeforeAll {
        $keys = Get-Content -Raw -Path $env:SFSF_CONFIG | ConvertFrom-Json
        $global:headerAttributes = @{
            Type = 'USER'; IdentityName = 'header'; Url = $keys.url; Login = $keys.username; Password = 'unused'
        }
    }

    AfterAll {
        Remove-Variable -Name headerAttributes -Scope Global
    }

    It 'reads the header through the life of a person' {
        (Save-Identity -Attributes @{ status = 't'; username = 'header' }).Action | Should -Be 'created'
        (Search-Data).userId | Should -Be 'header'
        (Suspend-Identity).Action | Should -Be 'suspended'
        (Search-Data).status | Should -Be 'f'
        (Resume-Identity).Action | Should -Be 'revived'
        $password = ConvertTo-SecureString -String 'N3w-Pass-Phrase' -AsPlainText -Force
        (Reset-IdentityPassword -Password $password).Changed | Should -Be '__PASSWORD__'
        (Remove-Identity).Presence | Should -Be 'inactive'
    }

    It 'takes the private key from a credential' {
        $key = ConvertTo-SecureString -String $keys.private_key -AsPlainText -Force
        $credential = New-Object -TypeName pscredential -ArgumentList $keys.username, $key
        $configuration = @{ company_id = $keys.company_id; client_id = $keys.client_id }
        (Test-ConnectorConnection -Configuration $configuration -Credential $credential).Name | Should -Contain 'token'
    }
}
